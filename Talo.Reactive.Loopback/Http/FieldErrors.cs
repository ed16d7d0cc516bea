using System.Collections.Generic;

namespace Talo.Reactive.Loopback.Http;

/// <summary>The faults of one group of inputs; the first group that has any is the one that is reported.</summary>
internal sealed class FieldErrors
{
    private readonly OrderedDictionary<string, List<string>> faults = [];

    public bool IsEmpty => faults.Count == 0;

    public void Add(string path, string message)
    {
        if (!faults.TryGetValue(path, out var messages))
            faults.Add(path, messages = []);
        messages.Add(message);
    }

    public void ThrowIfAny()
    {
        if (faults.Count == 0)
            return;
        throw new ApiRefusal(ApiReply.Json(400, writer =>
        {
            writer.WriteStartObject("errors");
            foreach (var (path, messages) in faults)
            {
                writer.WriteStartArray(path);
                foreach (var message in messages)
                    writer.WriteStringValue(message);
                writer.WriteEndArray();
            }
            writer.WriteEndObject();
        }));
    }
}
