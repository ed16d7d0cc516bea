using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;

namespace Talo.Reactive.Http;

/// <summary>Calls and replies in the words of <see cref="HttpClient"/>, which keeps the headers of a body apart from the others.</summary>
internal static class HttpClientMessages
{
    internal static HttpRequestMessage Request(HttpCall call)
    {
        var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Address);
        if (call.Body is { } body) request.Content = new ReadOnlyMemoryContent(body);
        foreach (var (name, value) in call.Headers) Add(request, name, value);
        return request;
    }

    internal static IReadOnlyList<KeyValuePair<string, string>> Headers(HttpResponseMessage response) =>
        (response.Content is { } content ? Pairs(response.Headers).Concat(Pairs(content.Headers)) : Pairs(response.Headers)).ToArray();

    private static IEnumerable<KeyValuePair<string, string>> Pairs(IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers) =>
        headers.SelectMany(static header => header.Value.Select(value => KeyValuePair.Create(header.Key, value)));

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        // Unchecked, since the checked way puts the value, a secret perhaps, into its exception.
        if (!HttpHeaders.CanHold(value)) throw new FormatException($"The header {name} has a character in its value that no header can hold, such as a line break.");
        if (request.Headers.TryAddWithoutValidation(name, value)) return;
        if (request.Content is null) return;
        if (!request.Content.Headers.TryAddWithoutValidation(name, value)) throw new FormatException($"The header {name} cannot be sent.");
    }
}
