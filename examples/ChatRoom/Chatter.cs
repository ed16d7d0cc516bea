using System;
using System.Reactive.Linq;
using System.Threading.Tasks;

namespace Talo.Reactive.Examples.ChatRoom;

/// <summary>Somebody in the room: a client, queries on its streams, and sends. This is all that the example needs of the library.</summary>
internal sealed class Chatter : IAsyncDisposable
{
    private readonly TaloClient talo;
    private readonly string name;
    private int room;

    internal Chatter(TaloClientOptions options, string name)
    {
        talo = new TaloClient(options);
        this.name = name;
    }

    /// <summary>What is said in the room, as sender and text.</summary>
    internal IObservable<(string Sender, string Text)> Lines => talo.Socket.Messages
        .Where(m => m.Res == "v1.channels.message")
        .Select(m => m.DataAs<ChannelMessage>())
        .Where(m => m.Channel.Id == room)
        .Select(m => (m.PlayerAlias.DisplayName, m.Message));

    /// <summary>What happens to the connection, for the screen.</summary>
    internal IObservable<string> News => Observable.Merge(
        talo.Socket.States.Select(s => $"{name} is {s}" + (s.Gap is { } gap ? $" (missed {(gap.To - gap.From).TotalSeconds:0.0} s)" : "")),
        talo.Socket.Closures.Select(c => $"{name}'s link ended: {c}"),
        talo.Socket.Errors.Select(e => $"the server refused: {e}"),
        talo.Socket.Faults.Select(f => $"fault: {f}"));

    internal async Task SignInAsync(string identifier)
    {
        await talo.Players.IdentifyAsync("username", identifier);
        await talo.Socket.WhenIdentifiedAsync();
    }

    internal async Task<int> OpenRoomAsync(string roomName)
    {
        var channel = await talo.Channels.CreateAsync(roomName, new ChannelOptions { AutoCleanup = true });
        return room = channel.Id;
    }

    internal async Task EnterRoomAsync(int id) => room = (await talo.Channels.JoinAsync(id)).Id;

    internal Task SayAsync(string text) => talo.Channels.SendMessageAsync(room, text);

    internal Task<Delivery> DeliverAsync(string text) => talo.Channels.DeliverAsync(room, text);

    internal Task SignOutAsync() => talo.Socket.CloseConnectionAsync(1000, "bye");

    public ValueTask DisposeAsync() => talo.DisposeAsync();
}
