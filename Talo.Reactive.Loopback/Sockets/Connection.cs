using System;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Sockets;

/// <summary>One client as the rest of the server sees it: whose it is, and a way to send to it that never waits.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Lock gate = new();
    private readonly LoopbackOptions options;
    private readonly Action abort;
    private readonly CancellationTokenSource aborted = new();
    private ITimer? closeTimeout;
    private bool isDisposed;

    public Connection(long id, LoopbackOptions options, Action abort)
    {
        Id = id;
        this.options = options;
        this.abort = abort;
        Outbox = new(options.MaxQueuedBytes, options.Clock);
        RateLimit = new(options);
        Aborted = aborted.Token;
    }

    public long Id { get; }

    public FrameQueue Outbox { get; }

    public SocketRateLimit RateLimit { get; }

    public CancellationToken Aborted { get; }

    /// <summary>The key of the ticket. Its scopes and the game's verification setting are those of the moment of connecting.</summary>
    public AccessKey Key { get; private set; } = null!;

    public Game Game => Key.Game;

    public bool VerifyRequests { get; private set; }

    public PlayerAlias? Alias { get; set; }

    public bool IsAlive { get; set; } = true;

    public bool IsReady { get; private set; }

    public bool IsClosing { get; private set; }

    public bool IsGone { get; private set; }

    public bool GarbleNext { get; set; }

    /// <summary>The identifications that are under way, one after the other.</summary>
    public Task Identifying { get; set; } = Task.CompletedTask;

    public void Ready(AccessKey key)
    {
        Key = key;
        VerifyRequests = key.Game.VerifyRequests;
        IsReady = true;
    }

    public void Send(OutboundFrame frame)
    {
        if (IsClosing)
            return;
        if (GarbleNext && frame.Opcode == 0x1)
        {
            GarbleNext = false;
            frame = frame.Garbled();
        }
        if (!Outbox.TryAdd(frame))
            Abort();
    }

    /// <summary>Sends a close frame; what the client sends from now on is not looked at.</summary>
    public void Close(int? code, string reason)
    {
        if (IsClosing || IsGone)
            return;
        Outbox.TryAdd(OutboundFrame.Close(code, reason));
        IsClosing = true;
        closeTimeout = options.Clock.CreateTimer(_ => Abort(), null, options.CloseTimeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>No frame of the client will come any more.</summary>
    public void Ended() => IsGone = true;

    /// <summary>Resets the TCP connection: the client sees 1006.</summary>
    public void Abort()
    {
        lock (gate)
        {
            if (isDisposed)
                return;
            IsClosing = true;
            // Not on this thread, which may hold the world's lock: what waits for the token goes on to change the world.
            _ = aborted.CancelAsync();
        }
        abort();
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            closeTimeout?.Dispose();
            aborted.Dispose();
        }
    }
}
