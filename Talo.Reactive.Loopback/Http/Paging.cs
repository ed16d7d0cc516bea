using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Talo.Reactive.Loopback.Http;

/// <summary>One page of a list, with the members that stand next to it.</summary>
internal static class Paging
{
    public const int PerPage = 50;

    public static ApiReply Reply<T>(
        string name, IReadOnlyCollection<T> all, int page, Action<Utf8JsonWriter, T> write, int perPage = PerPage) =>
        ApiReply.Ok(writer =>
        {
            writer.WriteStartArray(name);
            foreach (var item in all.Skip(page * perPage).Take(perPage))
                write(writer, item);
            writer.WriteEndArray();
            writer.WriteNumber("count", all.Count);
            writer.WriteNumber("itemsPerPage", perPage);
            writer.WriteBoolean("isLastPage", (page + 1) * perPage >= all.Count);
        });
}
