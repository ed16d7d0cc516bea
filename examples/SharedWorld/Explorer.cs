using System;
using System.Threading.Tasks;
using Talo.Reactive;
using Talo.Reactive.Loopback;

namespace Examples.SharedWorld;

/// <summary>
/// A player on the island. The world is the storage of the island's channel: the game draws what <see cref="World"/> says.
/// </summary>
internal sealed class Explorer : IAsyncDisposable
{
    /// <summary>What the world is made of. A name with <c>[]</c> is a list.</summary>
    internal static readonly string[] Keys = ["bridge", "campfire", "gold", "crates[]"];

    private readonly TaloClient talo;
    private int island;

    internal Explorer(LoopbackTalo server, string name)
    {
        Name = name;
        talo = new TaloClient(new TaloClientOptions { AccessKey = server.AccessKey, ApiUrl = server.ApiUrl.AbsoluteUri });
    }

    internal string Name { get; }

    internal int AliasId => talo.CurrentAlias!.Id;

    /// <summary>The world as it is and as it becomes, whoever changes it and however often the network fails.</summary>
    internal IObservable<ChannelStorage> World => talo.Channels.In(island).Storage(Keys);

    internal IObservable<ConnectionState> Connection => talo.Socket.States;

    internal async Task SignInAsync()
    {
        await talo.Players.IdentifyAsync("username", Name);
        await talo.Socket.WhenIdentifiedAsync();
    }

    internal async Task<int> DiscoverAsync(string name) => island = (await talo.Channels.CreateAsync(name)).Id;

    internal async Task LandOnAsync(int id) => island = (await talo.Channels.JoinAsync(id)).Id;

    internal Task BuildAsync(string what, string state) => talo.Channels.SetStoragePropAsync(island, what, state);

    internal Task StackAsync(params string[] crates) => talo.Channels.SetStoragePropArrayAsync(island, "crates", crates);

    internal Task BurnDownAsync(string what) => talo.Channels.DeleteStoragePropsAsync(island, [what]);

    /// <summary>What the server has, asked now: what both worlds have to come to.</summary>
    internal async Task<ChannelStorage> SurveyAsync() => new(island, await talo.Channels.ListStoragePropsAsync(island, Keys));

    public ValueTask DisposeAsync() => talo.DisposeAsync();
}
