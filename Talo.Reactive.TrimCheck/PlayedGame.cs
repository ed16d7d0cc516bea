using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Reactive.Linq;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Tests.Wire;

namespace Talo.Reactive.TrimCheck;

/// <summary>A client that hears one event of each kind by its typed streams.</summary>
internal static class PlayedGame
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    internal static async Task<int> CheckAsync(List<string> failures)
    {
        var server = new ScriptedServer();
        await using var talo = new TaloClient(
            new TaloClientOptions { AccessKey = "key-of-the-game-0123456789", Transport = server, HttpTransport = server });
        var heard = new ConcurrentQueue<string>();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var faults = talo.Socket.Faults.Subscribe(x => heard.Enqueue($"fault: {x}"));
        var channels = talo.Channels;
        IDisposable[] streams =
        [
            Hear(channels.Messages), Hear(channels.PlayerJoined), Hear(channels.PlayerLeft), Hear(channels.Updated),
            Hear(channels.OwnershipTransferred), Hear(channels.StorageUpdated), Hear(channels.Deleted), Hear(talo.Socket.Errors),
            Hear(talo.PlayerPresence.Changes), Hear(talo.LiveConfig.Updates), Hear(talo.PlayerRelationships.Broadcasts),
            Hear(talo.PlayerRelationships.RequestsReceived), Hear(talo.PlayerRelationships.Confirmed), Hear(talo.PlayerRelationships.Ended),
        ];
        using var storage = channels.In(41).Storage("gold").Subscribe(x => heard.Enqueue($"storage {x}"), () => last.TrySetResult());

        await talo.Players.IdentifyAsync("username", "ada").WaitAsync(Limit);
        await talo.Socket.WhenIdentifiedAsync().WaitAsync(Limit);
        await Task.Run(() => SpinWait.SpinUntil(() => !heard.IsEmpty, Limit));
        foreach (var kind in Kinds) server.Tell(kind, Reference.Data[kind]);
        if (await Task.WhenAny(last.Task, Task.Delay(Limit)) != last.Task) failures.Add("the storage of a deleted channel did not complete");
        foreach (var stream in streams) stream.Dispose();

        // Each kind once, and the storage twice: as it was, and as it was written.
        var expected = Kinds.Length + 2;
        if (heard.Count != expected) failures.Add($"heard {heard.Count} of {expected}:\n{string.Join('\n', heard)}");
        return heard.Count;

        IDisposable Hear<T>(IObservable<T> stream) => stream.Subscribe(x => heard.Enqueue($"{x}"));
    }

    // The deletion last: it completes the storage.
    private static readonly string[] Kinds =
    [
        "v1.channels.message", "v1.channels.player-joined", "v1.channels.player-left", "v1.channels.updated",
        "v1.channels.ownership-transferred", "v1.channels.storage.updated", "v1.error", "v1.players.presence.updated",
        "v1.live-config.updated", "v1.player-relationships.broadcast", "v1.player-relationships.subscription-created",
        "v1.player-relationships.subscription-confirmed", "v1.player-relationships.subscription-deleted", "v1.channels.deleted",
    ];
}
