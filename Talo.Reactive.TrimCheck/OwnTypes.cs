using System.Collections.Generic;
using System.Text.Json.Serialization;
using Talo.Reactive.Tests.Wire;

namespace Talo.Reactive.TrimCheck;

/// <summary>Types as a game declares them, read by generated code.</summary>
internal static class OwnTypes
{
    internal static int Check(List<string> failures)
    {
        var before = failures.Count;
        var line = TaloMessage.Parse(Reference.Frame("v1.channels.message")).DataAs(OwnJson.Default.ChatLine);
        if (line.Message != "ahoy") failures.Add($"the text of a type of the game's own became {line.Message}");
        if (line.Channel?.Name != "harbour") failures.Add($"an entity in a type of the game's own became {line.Channel}");

        try
        {
            var wrong = TaloMessage.Parse("""{"res":"check","data":{"message":[]}}""").DataAs(OwnJson.Default.ChatLine);
            failures.Add($"what does not fit became {wrong}");
        }
        catch (TaloPayloadException fault) when (fault.Path == "message")
        {
            // As it should be.
        }

        return failures.Count == before ? 1 : 0;
    }
}

internal sealed record ChatLine(string Message, Channel? Channel);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ChatLine))]
internal sealed partial class OwnJson : JsonSerializerContext;
