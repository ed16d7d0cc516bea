using System.Collections.Generic;

namespace Talo.Reactive.Loopback.Http;

/// <summary>The faults of one group of inputs; the first group that has any is the one that is reported.</summary>
internal sealed class FieldErrors
{
    private readonly List<(string Path, string Message)> faults = [];

    public void Add(string path, string message) => faults.Add((path, message));

    public void ThrowIfAny()
    {
        if (faults.Count == 0)
            return;
        throw new ApiRefusal(ApiReply.Json(400, writer =>
        {
            writer.WriteStartObject("errors");
            foreach (var (path, message) in faults)
            {
                writer.WriteStartArray(path);
                writer.WriteStringValue(message);
                writer.WriteEndArray();
            }
            writer.WriteEndObject();
        }));
    }
}
