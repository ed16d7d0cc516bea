using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Loopback.Faults;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Sockets;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback;

/// <summary>
/// A Talo server in this process: real HTTP and real WebSockets on 127.0.0.1, everything else in memory. Any number may run side
/// by side. All members may be called from any thread; disposing drops its sockets and frees its port.
/// </summary>
public sealed class LoopbackTalo : IAsyncDisposable
{
    private readonly World world;
    private readonly HttpPipeline pipeline;
    private readonly PingTimer pings;
    private readonly MessageFlush flush;
    private HttpHost? host;
    private int port;

    private LoopbackTalo(LoopbackOptions options)
    {
        world = new World(options);
        var log = new RequestLog(options.Log);
        Faults = new LoopbackFaults(world);
        pipeline = new HttpPipeline(world, Faults, new SocketEndpoint(world, Faults, log), log);
        pings = new PingTimer(world, Faults.IsStalled);
        flush = new MessageFlush(world);
        Game = CreateGame();
        AccessKey = Game.CreateAccessKey([.. options.Scopes]);
        port = options.Port;
    }

    /// <summary>Where the HTTP API is, as <c>http://127.0.0.1:50123</c>.</summary>
    public Uri ApiUrl => new($"http://127.0.0.1:{port}");

    /// <summary>Where the socket is, as <c>ws://127.0.0.1:50123</c>.</summary>
    public Uri SocketUrl => new($"ws://127.0.0.1:{port}");

    /// <summary>An access key of <see cref="Game"/> with the scopes of the options.</summary>
    public string AccessKey { get; }

    /// <summary>The game that the server starts with.</summary>
    public LoopbackGame Game { get; }

    /// <summary>What can go wrong, on demand.</summary>
    public LoopbackFaults Faults { get; }

    /// <summary>The sockets that are connected now, in the order in which they did.</summary>
    public IReadOnlyList<LoopbackConnection> Connections
    {
        get
        {
            using var reading = world.Peek();
            return [.. world.Connections.All.Select(connection => new LoopbackConnection(connection.Id, connection.Alias?.Id))];
        }
    }

    /// <summary>The frames that came in so far, when <see cref="LoopbackOptions.RecordFrames"/> is on.</summary>
    public IReadOnlyList<ReceivedFrame> ReceivedFrames => Faults.Received;

    /// <summary>Starts a server; it answers when the task completes.</summary>
    /// <exception cref="System.IO.IOException">The port is taken.</exception>
    public static async Task<LoopbackTalo> StartAsync(LoopbackOptions? options = null, CancellationToken cancellation = default)
    {
        var talo = new LoopbackTalo(options ?? new());
        await talo.ListenAsync(cancellation).ConfigureAwait(false);
        return talo;
    }

    /// <summary>A further game, whose players, channels and access keys the others do not see.</summary>
    public LoopbackGame CreateGame()
    {
        using var change = world.Begin();
        return new LoopbackGame(world, world.AddGame());
    }

    /// <inheritdoc cref="LoopbackGame.CreateAccessKey"/>
    public string CreateAccessKey(params string[] scopes) => Game.CreateAccessKey(scopes);

    /// <inheritdoc cref="LoopbackGame.RevokeAccessKey"/>
    public void RevokeAccessKey(string accessKey) => Game.RevokeAccessKey(accessKey);

    /// <inheritdoc cref="LoopbackGame.EnableVerification"/>
    public void EnableVerification(string version, string value) => Game.EnableVerification(version, value);

    /// <summary>
    /// Completes when <paramref name="condition"/> holds, looked at after every change of the server's state; or is cancelled.
    /// </summary>
    public async Task WhenAsync(Func<LoopbackTalo, bool> condition, CancellationToken cancellation = default)
    {
        while (true)
        {
            var next = world.NextChange;
            if (condition(this))
                return;
            await next.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Stops listening, as a server does that is killed: sockets are dropped without a close frame, presence stays as it was,
    /// tickets are lost; players, tokens and channels stay. Connecting is refused until <see cref="ResumeAsync"/>.
    /// </summary>
    public async Task SuspendAsync()
    {
        if (Interlocked.Exchange(ref host, null) is not { } running)
            return;
        using (world.Begin())
        {
            world.Connections.Clear();
            world.Tickets.Clear();
        }
        Faults.DropAll();
        await running.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Listens again on the same port.</summary>
    public Task ResumeAsync() => host is null ? ListenAsync(CancellationToken.None) : Task.CompletedTask;

    /// <summary><see cref="SuspendAsync"/> and <see cref="ResumeAsync"/>.</summary>
    public async Task RestartAsync()
    {
        await SuspendAsync().ConfigureAwait(false);
        await ResumeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        pings.Dispose();
        flush.Dispose();
        Faults.Clear();
        await SuspendAsync().ConfigureAwait(false);
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        host = await HttpHost.StartAsync(port, pipeline.HandleAsync, cancellation).ConfigureAwait(false);
        port = host.Port;
    }
}
