using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class LiveConfigJson
{
    // The answer of the call and the data of the event are the same.
    internal static LiveConfig Read(ref Utf8JsonReader reader) => new() { Props = LiveConfigUpdatedJson.Read(ref reader).Config };

    internal static void Write(JsonWriter writer, LiveConfig entity)
    {
        writer.WriteStartObject();
        writer.List("config", entity.Props, PropJson.Write);
        writer.WriteEndObject();
    }
}
