using System;
using System.Net.WebSockets;
#if NET
using System.Runtime.CompilerServices;
#endif
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

/// <summary>
/// What the engine takes for its socket: a <see cref="ClientWebSocket"/> whose every end we see ourselves. What the engine
/// reports of an end is incomplete (nothing for some close codes, some things twice), so nothing here depends on it.
/// </summary>
internal sealed class EngineSocket : WebSocket
{
    private readonly ClientWebSocket _socket = new();
    private readonly Action<ClientWebSocketOptions>? _configure;
    private readonly FrameLimit _limit;

    // Until somebody observes, nothing is read: the engine reads from its start on and would throw the first frames away.
    private readonly TaskCompletionSource<bool> _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EngineWrite? _write;
    private volatile bool _toldTheEnd;

    internal EngineSocket(int maxFrameBytes, Action<ClientWebSocketOptions>? configure)
    {
        _limit = new FrameLimit(maxFrameBytes);
        _configure = configure;
    }

    /// <summary>The reading is over. Called once, inside a read of the engine, which goes on when the task has ended.</summary>
    internal Func<LinkClosure?, Exception?, Task> ReadingEnded { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Whether the link has ended for a reason of our own.</summary>
    internal Func<bool> HasEnded { get; set; } = static () => false;

    // The engine looks at it after each message and, if it is not open, stops without a last read. So it hears of an end
    // only when it reads, and every end passes ReceiveAsync.
    public override WebSocketState State => _toldTheEnd ? WebSocketState.Aborted : WebSocketState.Open;

    public override WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public override string? CloseStatusDescription => _socket.CloseStatusDescription;

    public override string? SubProtocol => _socket.SubProtocol;

    internal async Task<WebSocket> ConnectAsync(Uri address, CancellationToken given)
    {
        // Its timer reads the wall clock; heartbeats are the business of whoever owns the scheduler.
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        _configure?.Invoke(_socket.Options);
        await _socket.ConnectAsync(address, given).ConfigureAwait(false);
        return this;
    }

    internal void OpenGate() => _gate.TrySetResult(true);

    /// <summary>Makes the write that the engine's sender will carry out next.</summary>
    internal void Expect(EngineWrite write) => Interlocked.Exchange(ref _write, write);

    /// <summary>Turns away a write that the engine has not begun: it would drop it without a word.</summary>
    internal void RefuseWrite() => Volatile.Read(ref _write)?.TryRefuse();

    // No token of the engine's is used: a link is ended by an abort.
#if NET
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
#endif
    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        LinkClosure? end = null;
        Exception? fault = null;
        try
        {
            await _gate.Task.ConfigureAwait(false);
            if (!HasEnded())
            {
                var piece = await _socket.ReceiveAsync(buffer, CancellationToken.None).ConfigureAwait(false);
                if (piece.MessageType == WebSocketMessageType.Close) end = ByPeer();
                else if (_limit.Accepts(piece)) return piece;
                else end = _limit.Closure;
            }
        }
        catch (Exception error)
        {
            fault = error;
        }

        _toldTheEnd = true;
        await ReadingEnded(end, fault).ConfigureAwait(false);

        // Not the close itself: the engine would answer it with a code of its own.
        throw new OperationCanceledException("The link has ended.");
    }

    public override async ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        var write = Volatile.Read(ref _write);
        if (write is null || !write.TryBegin()) throw new OperationCanceledException("The link has ended.");
        try
        {
            await _socket.SendAsync(buffer, messageType, endOfMessage, CancellationToken.None).ConfigureAwait(false);
            write.Succeed();
        }
        catch (Exception fault)
        {
            write.Fail(fault);
            throw;
        }
    }

    // The engine's Stop calls this one, which would wait without limit for a peer that does not answer. The answer is read
    // where everything else is read, and the caller bounds the wait.
    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        _socket.CloseOutputAsync(closeStatus, statusDescription, CancellationToken.None);

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The engine reads into memory.");

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        SendAsync(buffer.AsMemory(), messageType, endOfMessage, cancellationToken).AsTask();

    public override void Abort() => _socket.Abort();

    public override void Dispose() => _socket.Dispose();

    private LinkClosure ByPeer() =>
        new(LinkEnd.ClosedByPeer, (int)(_socket.CloseStatus ?? WebSocketCloseStatus.Empty), _socket.CloseStatusDescription ?? "");
}
