using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Talo.Reactive.Tests.Wire;

/// <summary>One frame of each kind, as the server writes it.</summary>
internal static class Reference
{
    internal const string Ada =
        """{"id":105,"service":"username","identifier":"ada","displayName":"ada","player":{"id":"3f0c7a52-9d0e-4a57-8a57-5c1f0b7f2d11","props":[{"key":"level","value":"7"}],"devBuild":false,"createdAt":"2026-01-10T09:00:00.000Z","lastSeenAt":"2026-03-02T18:20:11.000Z","groups":[],"presence":{"online":true,"customStatus":"","updatedAt":"2026-03-02T18:20:12.000Z"}},"lastSeenAt":"2026-03-02T18:20:11.000Z","createdAt":"2026-01-10T09:00:00.000Z","updatedAt":"2026-03-02T18:20:11.000Z"}""";

    internal const string Grace =
        """{"id":212,"service":"username","identifier":"grace","displayName":"grace","player":{"id":"a94e1b60-2f4d-4b0c-b7a5-0d6d1c6a9e02","props":[],"devBuild":false,"createdAt":"2026-01-10T09:00:00.000Z","lastSeenAt":"2026-03-02T18:21:40.000Z","groups":[],"presence":null},"lastSeenAt":"2026-03-02T18:21:40.000Z","createdAt":"2026-01-10T09:00:00.000Z","updatedAt":"2026-03-02T18:21:40.000Z"}""";

    internal const string Harbour =
        """{"id":41,"name":"harbour","owner":null,"totalMessages":308,"props":[{"key":"region","value":"eu"}],"autoCleanup":false,"private":false,"temporaryMembership":false,"createdAt":"2026-02-01T12:00:00.000Z","updatedAt":"2026-03-02T18:00:00.000Z"}""";

    internal static readonly string OwnedHarbour = Harbour.Replace("\"owner\":null", $"\"owner\":{Grace}", System.StringComparison.Ordinal);

    internal static readonly string Gold =
        $$$"""{"key":"gold","value":"80","createdBy":{{{Ada}}},"lastUpdatedBy":{{{Grace}}},"createdAt":"2026-03-01T10:00:00.000Z","updatedAt":"2026-03-02T18:30:00.000Z"}""";

    internal static readonly string Subscription =
        $$$"""{"id":17,"subscriber":{{{Grace}}},"subscribedTo":{{{Ada}}},"confirmed":true,"relationshipType":"unidirectional","createdAt":"2026-03-02T18:31:00.000Z","updatedAt":"2026-03-02T18:31:00.000Z"}""";

    /// <summary>The data of each known response.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Data = new Dictionary<string, string>
    {
        ["v1.connected"] = "{}",
        ["v1.error"] = """{"req":"v1.channels.message","message":"An error occurred while processing the message","errorCode":"LISTENER_ERROR","cause":"Player not in channel"}""",
        ["v1.players.identify.success"] = Ada,
        ["v1.players.presence.updated"] = $$$"""{"presence":{"playerAlias":{{{Ada}}},"online":true,"customStatus":"In the lobby","updatedAt":"2026-03-02T18:25:00.000Z"},"meta":{"onlineChanged":false,"customStatusChanged":true}}""",
        ["v1.channels.message"] = $$$"""{"channel":{{{Harbour}}},"message":"ahoy","playerAlias":{{{Ada}}}}""",
        ["v1.channels.player-joined"] = $$$"""{"channel":{{{Harbour}}},"playerAlias":{{{Grace}}}}""",
        ["v1.channels.player-left"] = $$$"""{"channel":{{{Harbour}}},"playerAlias":{{{Grace}}},"meta":{"reason":1}}""",
        ["v1.channels.deleted"] = $$$"""{"channel":{{{Harbour}}}}""",
        ["v1.channels.ownership-transferred"] = $$$"""{"channel":{{{OwnedHarbour}}},"newOwner":{{{Grace}}}}""",
        ["v1.channels.updated"] = $$$"""{"channel":{{{Harbour}}},"changedProperties":["name","props"]}""",
        ["v1.channels.storage.updated"] = $$$"""{"channel":{{{Harbour}}},"upsertedProps":[{{{Gold}}}],"deletedProps":[]}""",
        ["v1.live-config.updated"] = """{"config":[{"key":"xpRate","value":"1.5"},{"key":"maxLevel","value":"80"}]}""",
        ["v1.player-relationships.broadcast"] = $$$"""{"message":"gg","playerAlias":{{{Ada}}}}""",
        ["v1.player-relationships.subscription-created"] = $$$"""{"subscription":{{{Subscription}}}}""",
        ["v1.player-relationships.subscription-confirmed"] = $$$"""{"subscription":{{{Subscription}}}}""",
        ["v1.player-relationships.subscription-deleted"] = $$$"""{"subscription":{{{Subscription}}},"reciprocalSubscription":null}""",
    };

    internal static IEnumerable<string> Names => Data.Keys;

    internal static IEnumerable<string> Frames => Data.Select(pair => Frame(pair.Key));

    internal static string Frame(string res) => $$$"""{"res":"{{{res}}}","data":{{{Data[res]}}}}""";

    internal static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
