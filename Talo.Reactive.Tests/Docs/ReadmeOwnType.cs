using System;
using System.Reactive.Linq;
using System.Text.Json.Serialization;

namespace Talo.Reactive.Tests.Docs;

/// <summary>The README's type of a game's own, compiled.</summary>
internal static class ReadmeOwnType
{
    internal static IObservable<ChatLine> Lines(ITaloSocket socket) => socket.Messages
        .Where(m => m.Res == "v1.channels.message")
        .Select(m => m.DataAs(GameJson.Default.ChatLine));
}

// snippet: own-type
public sealed record ChatLine(string Message, PlayerAlias? PlayerAlias);       // what it does not name is skipped

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ChatLine))]
public sealed partial class GameJson : JsonSerializerContext;                  // .Select(m => m.DataAs(GameJson.Default.ChatLine))
// end
