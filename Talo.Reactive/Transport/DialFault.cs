using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.WebSockets;

namespace Talo.Reactive.Transport;

/// <summary>The error of a dial, told without the query of the address, which carries the ticket.</summary>
internal static class DialFault
{
    // A shorter value is found in any text (the 1 in 127.0.0.1) and protects nothing.
    private const int ShortestSecret = 6;

    internal static WebSocketException Of(Exception fault, Uri address)
    {
        var target = $"{address.Scheme}://{address.Host}:{address.Port}";
        return Quotes(fault.ToString(), address)
            ? new WebSocketException($"Could not open a WebSocket to {target}: {fault.GetType().Name} (its text quotes the address and is left out).")
            : new WebSocketException($"Could not open a WebSocket to {target}: {string.Join(" ", Messages(fault))}", fault);
    }

    private static bool Quotes(string text, Uri address) =>
        Secrets(address).Any(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Secrets(Uri address)
    {
        var query = address.Query.TrimStart('?');
        var values = query.Split('&').Select(static pair => pair[(pair.IndexOf('=') + 1)..]).Append(address.UserInfo)
            .Where(static value => value.Length >= ShortestSecret);
        return values.Append(query).Where(static text => text.Length > 0)
            .SelectMany(static text => new[] { text, Uri.UnescapeDataString(text) });
    }

    private static IEnumerable<string> Messages(Exception fault)
    {
        for (Exception? at = fault; at is not null; at = at.InnerException) yield return at.Message;
    }
}
