using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Loopback.Sockets;

namespace Talo.Reactive.Loopback.State;

/// <summary>All that a Talo server knows. It is read and written only inside a <see cref="Change"/>.</summary>
internal sealed class World(LoopbackOptions options)
{
    private readonly Lock gate = new();
    private readonly List<Game> games = [];
    private int lastAliasId;
    private int lastChannelId;
    private int lastSubscriptionId;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LoopbackOptions Options { get; } = options;
    public AccessKeys AccessKeys { get; } = new();
    public SocketTickets Tickets { get; } = new(options.TicketLifetime);
    public SocketTokens SocketTokens { get; } = new(options.SocketTokenLifetime);
    public ReplayWindows ReplayWindows { get; } = new();
    public ConnectionRegistry Connections { get; } = new();
    public IReadOnlyList<Game> Games => games;

    /// <summary>Completes at the next change, for those who wait for something to become true.</summary>
    public Task NextChange => Volatile.Read(ref changed).Task;

    public Change Begin() => new(this, gate);

    /// <summary>Holds the lock for reading, without waking those who wait for a change.</summary>
    public Lock.Scope Peek() => gate.EnterScope();

    public Game AddGame()
    {
        var game = new Game(games.Count + 1);
        games.Add(game);
        return game;
    }

    public int NextAliasId() => ++lastAliasId;

    public int NextChannelId() => ++lastChannelId;

    public int NextSubscriptionId() => ++lastSubscriptionId;

    public void Signal() =>
        Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
