using System;
using System.Globalization;
using System.Text;

namespace Talo.Reactive.Benchmarks.Frames;

/// <summary>Frames of the Talo Socket, as text.</summary>
internal static class TaloFrames
{
    internal const int UsualBytes = 1013;

    internal const string Connected = """{"res":"v1.connected","data":{}}""";

    /// <summary>The last frame of each run: of a kind that the client always hears, so that it can be waited for.</summary>
    internal const string End =
        """{"res":"v1.error","data":{"req":"bench.end","message":"the run is over","errorCode":"UNHANDLED_REQUEST"}}""";

    /// <summary>Who plays, as far as the sender knows, and the channel that is talked in.</summary>
    internal const int Player = 1;

    /// <summary>The one thing that is said where somebody waits for an echo.</summary>
    internal static string Said { get; } = Text(Player, Player, 1, UsualBytes);

    /// <summary>The echo of <see cref="Said"/>.</summary>
    internal static string Echo { get; } = Message(Player, Player, 1, UsualBytes);

    internal static string Message(int channel, int sender, int number, int bytes) =>
        Enveloped("v1.channels.message", MessageData(channel, sender, Text(channel, sender, number, bytes)));

    /// <summary>The same message as an invocation of a hub, with the separator of SignalR's JSON protocol at its end.</summary>
    internal static string HubMessage(int channel, int sender, int number, int bytes)
    {
        var data = MessageData(channel, sender, Text(channel, sender, number, bytes));
        return $$"""{"type":1,"target":"message","arguments":[{{data}}]}""" + "\u001e";
    }

    /// <summary>One of ten kinds; kind 0 is a channel message.</summary>
    internal static string OfKind(int kind, int channel, int sender, int number)
    {
        var c = Faces.Channel(channel);
        var p = Faces.Alias(sender);
        const string when = "2026-11-22T11:27:37.000Z";
        return kind switch
        {
            0 => Message(channel, sender, number, UsualBytes),
            1 => Enveloped("v1.players.presence.updated", $$$"""{"presence":{"playerAlias":{{{p}}},"online":true,"customStatus":"","updatedAt":"{{{when}}}"},"meta":{"onlineChanged":true,"customStatusChanged":true}}"""),
            2 => Enveloped("v1.channels.player-joined", $$"""{"channel":{{c}},"playerAlias":{{p}}}"""),
            3 => Enveloped("v1.channels.player-left", $$$"""{"channel":{{{c}}},"playerAlias":{{{p}}},"meta":{"reason":0}}"""),
            4 => Enveloped("v1.channels.updated", $$"""{"channel":{{c}},"changedProperties":["name"]}"""),
            5 => Enveloped("v1.channels.ownership-transferred", $$"""{"channel":{{c}},"newOwner":{{p}}}"""),
            6 => Enveloped("v1.channels.storage.updated", $$$"""{"channel":{{{c}}},"upsertedProps":[{"key":"score","value":"{{{number}}}","createdBy":{{{p}}},"lastUpdatedBy":{{{p}}},"createdAt":"{{{when}}}","updatedAt":"{{{when}}}"}],"deletedProps":[]}"""),
            7 => Enveloped("v1.live-config.updated", """{"config":[{"key":"welcome","value":"hello"},{"key":"maxPlayers","value":"8"}]}"""),
            8 => Enveloped("v1.player-relationships.broadcast", $$"""{"message":"{{Faces.Words(number, 24)}}","playerAlias":{{p}}}"""),
            9 => Enveloped("v1.player-relationships.subscription-created", $$$"""{"subscription":{"id":{{{number}}},"subscriber":{{{p}}},"subscribedTo":{{{p}}},"confirmed":false,"relationshipType":"unidirectional","createdAt":"{{{when}}}","updatedAt":"{{{when}}}"}}"""),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are ten."),
        };
    }

    internal static string IdentifySuccess(int sender) => Enveloped("v1.players.identify.success", Faces.Alias(sender));

    internal static string Enveloped(string res, string data) => $$"""{"res":"{{res}}","data":{{data}}}""";

    private static string MessageData(int channel, int sender, string text) =>
        $$"""{"channel":{{Faces.Channel(channel)}},"message":"{{text}}","playerAlias":{{Faces.Alias(sender)}}}""";

    /// <summary>As much text as makes the message as large as it is to be.</summary>
    private static string Text(int channel, int sender, int number, int bytes)
    {
        var rest = Encoding.UTF8.GetByteCount(Enveloped("v1.channels.message", MessageData(channel, sender, "")));
        return rest <= bytes ? Faces.Words(number, bytes - rest) : throw new ArgumentOutOfRangeException(
            nameof(bytes), bytes, string.Create(CultureInfo.InvariantCulture, $"The rest of the message has {rest} bytes already."));
    }
}
