using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.WebSockets;
using System.Threading.Tasks;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>What the tests of a run share: the server, and players that are identified once and keep their sockets.</summary>
internal sealed class Suite(IServerUnderTest server) : IAsyncDisposable
{
    private readonly Dictionary<(GameUnderTest Game, string Name), TestPlayer> pool = [];
    private readonly List<TestSocket> sockets = [];
    private readonly string run = Guid.NewGuid().ToString("N")[..6];
    private int names;
    private bool? routesSignedFrames;

    public IServerUnderTest Server => server;

    public ApiCalls Api { get; } = new(server);

    /// <summary>The aliases that the running test is about.</summary>
    public HashSet<int> Scene { get; } = [];

    public static async Task<Suite> StartAsync() =>
        new((IServerUnderTest?)ForeignServer.FromEnvironment() ?? await LoopbackServer.StartAsync());

    /// <summary>A name that nobody has had, and that is no part of another.</summary>
    public string Unique(string name) => $"{name}-{run}{names++:x4}";

    /// <summary>A player that nobody has had; without a socket.</summary>
    public async Task<TestPlayer> IdentifyAsync(
        GameUnderTest game, string identifier, params (string Name, string Value)[] headers)
    {
        var answer = await Api.CallAsync(
            "GET", $"/v1/players/identify?service=username&identifier={identifier}", (string?)null,
            [("authorization", $"Bearer {game.AccessKey}"), .. headers]);
        if (answer.Status != 200)
            throw new InvalidOperationException($"Identifying was answered {answer.Status}: {answer.Body}");
        var alias = answer.Int("alias.id");
        Scene.Add(alias);
        var isDev = answer.At("alias.player.devBuild").GetBoolean();
        return new(this, game, identifier, alias, answer.Text("alias.player.id"), answer.Text("socketToken"))
        {
            IsDev = isDev,
            Props = isDev ? Shape.Prop("META_DEV_BUILD", "1") : "",
        };
    }

    /// <summary>The pooled player of that name, with an identified socket.</summary>
    public async Task<TestPlayer> PlayerAsync(GameUnderTest game, string name)
    {
        if (!pool.TryGetValue((game, name), out var player))
            pool[(game, name)] = player = await IdentifyAsync(game, Unique(name));
        Scene.Add(player.AliasId);
        if (player.NeedsNewSocket && player.HasSocket)
            await player.CloseAsync();
        player.NeedsNewSocket = false;
        if (!player.HasSocket)
            player.Socket = await ConnectAsync(player);
        return player;
    }

    /// <summary>A socket that is identified as the player; what it got on the way has been read.</summary>
    public async Task<TestSocket> ConnectAsync(TestPlayer player)
    {
        // The end of any socket of a player takes the player offline, also while another one stays.
        player.NeedsNewSocket = player.HasSocket;
        var socket = await ConnectAsync(player.Game.AccessKey, player.Identifier);
        await socket.SendAsync(player.IdentifyRequest);
        var frame = await socket.NextAsync("v1.players.identify.success");
        if (frame.Contains("INVALID_SOCKET_TOKEN", StringComparison.Ordinal))
        {
            // A test let it expire or had it replaced.
            player.SocketToken = (await player.CallAsync("POST", "/v1/players/socket-token")).Text("socketToken");
            await socket.SendAsync(player.IdentifyRequest);
        }
        while (!frame.StartsWith("""{"res":"v1.players.identify.success",""", StringComparison.Ordinal))
            frame = await socket.NextAsync("v1.players.identify.success");
        return socket;
    }

    /// <summary>A socket that has got <c>v1.connected</c>.</summary>
    public async Task<TestSocket> ConnectAsync(string accessKey, string name = "the socket")
    {
        var socket = await DialAsync($"/?ticket={await TicketAsync(accessKey)}", name);
        await socket.ExpectAsync(TestSocket.Connected);
        return socket;
    }

    /// <summary>A socket that nothing has been read from.</summary>
    public async Task<TestSocket> DialAsync(string pathAndQuery, string name = "the socket", params string[] subprotocols)
    {
        var client = new ClientWebSocket();
        client.Options.KeepAliveInterval = TimeSpan.Zero;
        foreach (var subprotocol in subprotocols)
            client.Options.AddSubProtocol(subprotocol);
        await client.ConnectAsync(new Uri(server.SocketUrl + pathAndQuery), default).InTime();
        var socket = new TestSocket(client, name, Scene.Contains, server.IsForeign);
        socket.StartReading();
        // A test may dial several at once.
        lock (sockets)
            sockets.Add(socket);
        return socket;
    }

    public async Task<string> TicketAsync(string accessKey) =>
        (await Api.CallAsync("POST", "/v1/socket-tickets", (string?)null, ("authorization", $"Bearer {accessKey}")))
            .Text("ticket");

    /// <summary>Whether a frame that is signed well gets through to be answered; tried once.</summary>
    public async Task<bool> RoutesSignedFramesAsync()
    {
        if (routesSignedFrames is { } known)
            return known;
        var player = await PlayerAsync(server.VerifiedGameOrIgnore(), "prober");
        await player.SendSignedAsync("""{"req":"v1.channels.message","data":{"channel":{"id":0},"message":"probe"}}""");
        var answer = await player.NextAsync();
        return (routesSignedFrames = !answer.Contains("ROUTING_ERROR", StringComparison.Ordinal)).Value;
    }

    /// <summary>What the players of the running test have got and not read.</summary>
    public async Task<IReadOnlyList<(string Player, string Frame)>> UnreadAsync()
    {
        var unread = new List<(string, string)>();
        foreach (var player in pool.Values.Where(player => player.HasSocket && Scene.Contains(player.AliasId)))
            unread.AddRange((await player.Socket.DrainAsync()).Select(frame => (player.Identifier, frame)));
        return unread;
    }

    /// <summary>Closes the sockets that are not of the pool.</summary>
    public async Task CloseStraySocketsAsync()
    {
        var kept = pool.Values.Where(player => player.HasSocket).Select(player => player.Socket).ToHashSet();
        var strays = sockets.Where(socket => !kept.Contains(socket)).ToList();
        foreach (var stray in strays)
        {
            await stray.CloseAsync();
            await stray.DisposeAsync();
            sockets.Remove(stray);
        }
        if (strays.Count > 0)
            await SettleAsync();
    }

    public Task SettleAsync() => server.SettleAsync(sockets.Count(socket => socket is { IsOpen: true, IsIdentified: true }));

    public Task LetTimePassAsync(TimeSpan time, Func<Task>? afterEachStep = null) => server.LetTimePassAsync(time, async () =>
    {
        if (afterEachStep is not null)
            await afterEachStep();
        foreach (var player in pool.Values.Where(player => player.HasSocket))
            await player.Socket.KeepAliveAsync();
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in sockets)
        {
            await socket.CloseAsync();
            await socket.DisposeAsync();
        }
        Api.Dispose();
        await server.DisposeAsync();
    }
}
