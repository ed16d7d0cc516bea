using System.Collections.Generic;
using Talo.Reactive.Benchmarks.Frames;
using Talo.Reactive.Benchmarks.Receivers;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Benchmarks.Receive;

/// <summary>The lines of the table of <c>receive</c>, group by group. The first of each group is its raw loop.</summary>
internal static class ReceiveCases
{
    private const double OneInTen = 0.1;

    internal static IReadOnlyList<CaseGroup> All() =>
        [OneKind(), HasSpoken(), AllNew(), TenKinds(), OfSize(2048), OfSize(4096), OfSize(8192)];

    private static CaseGroup OneKind() => new("one-kind", "Channel messages of 1,013 bytes; senders and channels repeat",
    [
        new("raw", "raw `ClientWebSocket`, nothing parsed", Workload.Repeating, static () => new RawReceiver(), "raw"),
        new("raw-copied", "raw, an array for each frame", Workload.Repeating, static () => new CopyingRawReceiver(), "raw"),
        new("raw-64k", "raw with a 64 KB read buffer", Workload.Repeating, static () => new BufferedRawReceiver(), "raw"),
        new("transport", "our transport alone, frames counted", Workload.Repeating,
            static () => new TransportReceiver(new WebsocketClientTransport()), "raw"),
        new("transport-lean", "our transport alone, lean engine", Workload.Repeating,
            static () => new TransportReceiver(new ClientWebSocketTransport()), "raw"),
        new("nothing", "nothing observes `Messages`", Workload.Repeating, static () => new ClientReceiver(Observations.Nothing, 0), "raw"),
        new("nothing-lean", "nothing observes `Messages`, lean engine", Workload.Repeating,
            static () => new ClientReceiver(Observations.Nothing, 0, engine: new ClientWebSocketTransport()), "raw"),
        new("messages", "our `Messages`, untouched", Workload.Repeating, static () => new ClientReceiver(Observations.Messages), "raw"),
        new("messages-lean", "our `Messages`, untouched, lean engine", Workload.Repeating,
            static () => new ClientReceiver(Observations.Messages, engine: new ClientWebSocketTransport()), "raw"),
        new("typed", "our typed `Channels.Messages`", Workload.Repeating, static () => new ClientReceiver(Observations.Typed), "raw"),
        new("typed-lean", "our typed `Channels.Messages`, lean engine", Workload.Repeating,
            static () => new ClientReceiver(Observations.Typed, engine: new ClientWebSocketTransport()), "raw"),
        new("data-as", "our `Messages`, `DataAs<ChannelMessage>`", Workload.Repeating,
            static () => new ClientReceiver(Observations.DataAs<ChannelMessage>), "raw"),
        new("data-as-game", "our `Messages`, `DataAs<a game's own type>`", Workload.Repeating,
            static () => new ClientReceiver(Observations.DataAs<GameMessage>), "raw"),
        new("data-as-generated", "our `Messages`, `DataAs(JsonTypeInfo)`", Workload.Repeating,
            static () => new ClientReceiver(Observations.DataAs(GameJson.Default.GameMessage)), "raw"),
        new("raw-newtonsoft", "raw, Newtonsoft tuned, the same type", Workload.Repeating,
            static () => new NewtonsoftRawReceiver(), "raw"),
        new("raw-stj", "raw, System.Text.Json generated, the same type", Workload.Repeating,
            static () => new SystemTextJsonRawReceiver(), "raw"),
        new("jobject", "raw, `JObject.Parse` and `ToObject`", Workload.Repeating, static () => new JObjectReceiver(), "raw"),
        new("signalr", "SignalR client, typed handler", Workload.Hub, static () => new SignalRReceiver(), "raw"),
    ]);

    private static CaseGroup HasSpoken() => new("has-spoken", "The same, where the client has sent a message itself (it looks for echoes)",
    [
        new("spoken-nothing", "nothing observes `Messages`", Workload.Repeating,
            static () => new ClientReceiver(Observations.Nothing, 0, hasSpoken: true), "raw"),
        new("spoken-typed", "our typed `Channels.Messages`", Workload.Repeating,
            static () => new ClientReceiver(Observations.Typed, hasSpoken: true), "raw"),
    ]);

    private static CaseGroup AllNew() => new("all-new", "Channel messages of 1,013 bytes; every sender and channel new",
    [
        new("new-raw", "raw", Workload.AllNew, static () => new RawReceiver(), "new-raw"),
        new("new-typed", "our typed `Channels.Messages`", Workload.AllNew, static () => new ClientReceiver(Observations.Typed), "new-raw"),
    ]);

    private static CaseGroup TenKinds() => new("ten-kinds", "Ten kinds in turn",
    [
        new("ten-raw", "raw", Workload.TenKinds, static () => new RawReceiver(), "ten-raw"),
        new("ten-nothing", "nothing is observed", Workload.TenKinds, static () => new ClientReceiver(Observations.Nothing, 0), "ten-raw"),
        new("ten-typed", "one kind is observed, `Channels.Messages`", Workload.TenKinds,
            static () => new ClientReceiver(Observations.Typed, OneInTen), "ten-raw"),
    ]);

    private static CaseGroup OfSize(int bytes)
    {
        var workload = Workload.OfSize(bytes);
        var raw = $"{bytes}-raw";
        return new($"size-{bytes}", $"Channel messages of {bytes / 1024} KB; senders and channels repeat",
        [
            new(raw, "raw", workload, static () => new RawReceiver(), raw),
            new($"{bytes}-messages", "our `Messages`, untouched", workload, static () => new ClientReceiver(Observations.Messages), raw),
            new($"{bytes}-typed", "our typed `Channels.Messages`", workload, static () => new ClientReceiver(Observations.Typed), raw),
        ]);
    }
}

/// <summary>Cases that are shown, and compared, together.</summary>
internal sealed record CaseGroup(string Id, string Title, IReadOnlyList<Case> Cases);
