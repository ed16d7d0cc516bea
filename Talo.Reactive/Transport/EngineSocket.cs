using System;
using System.Net.WebSockets;
#if NET
using System.Runtime.CompilerServices;
#endif
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

/// <summary>
/// What the engine takes for its socket: a <see cref="ClientWebSocket"/> that hands over all frames that have come as one message
/// (<see cref="FrameBatch"/>), so that what a message costs the engine is shared by the frames of a burst, and whose every end we
/// see ourselves: what the engine reports of an end is incomplete (nothing for some close codes, some things twice).
/// </summary>
internal sealed class EngineSocket : WebSocket
{
    // A larger one is not copied for the engine's sake.
    private const int LargestLoneFrame = 4 * 1024;

    private readonly WebsocketClientLink _link;
    private readonly WebSocket _socket;
    private readonly Func<bool>? _hasReadAhead;
    private readonly FrameBatch _batch;

    // Until somebody observes, nothing is read: the engine reads from its start on and would throw the first frames away.
    private readonly TaskCompletionSource<bool> _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Under way, or read to its end but not yet taken in.
    private ValueTask<ValueWebSocketReceiveResult> _read;
    private bool _isReading;

    // Those that have become whole since the last message went.
    private int _frames;

    // Whether the engine has the first bytes of a message and not its last.
    private bool _isInMessage;

    // What ended the reading. It is told once the frames before it are handed over.
    private bool _hasReadAll;
    private LinkClosure? _end;
    private Exception? _fault;
    private volatile bool _toldTheEnd;
    private volatile bool _hasBegunWrite;

    /// <param name="link">Whose socket it is.</param>
    /// <param name="socket">The socket, connected.</param>
    /// <param name="hasReadAhead">
    /// Whether something has been read that the socket has not asked for yet: a hint. Null where nobody can tell.
    /// </param>
    /// <param name="batch">Where frames are gathered.</param>
    internal EngineSocket(WebsocketClientLink link, WebSocket socket, Func<bool>? hasReadAhead, FrameBatch batch)
    {
        _link = link;
        _socket = socket;
        _hasReadAhead = hasReadAhead;
        _batch = batch;
    }

    /// <summary>Whether the write that was expected last has reached the socket: the engine drops some without a word.</summary>
    internal bool HasBegunWrite => _hasBegunWrite;

    // The engine looks at it after each message and, if it is not open, stops without a last read. So it hears of an end
    // only when it reads, and every end passes ReceiveAsync.
    public override WebSocketState State => _toldTheEnd ? WebSocketState.Aborted : WebSocketState.Open;

    public override WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public override string? CloseStatusDescription => _socket.CloseStatusDescription;

    public override string? SubProtocol => _socket.SubProtocol;

    internal void OpenGate() => _gate.TrySetResult(true);

    internal void ExpectWrite() => _hasBegunWrite = false;

    // No token of the engine's is used: a link is ended by an abort.
#if NET
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
#endif
    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await _gate.Task.ConfigureAwait(false);
        if (!_batch.IsReady)
        {
            _batch.Forget();
            await ReadAsync().ConfigureAwait(false);
        }

        if (!_link.HasEnded && _batch.TryHandOver(buffer.Span, out var count, out var isEndOfMessage))
        {
            if (isEndOfMessage) _link.Expect(isLoneFrame: _frames == 1 && !_isInMessage && count <= LargestLoneFrame);
            _isInMessage = !isEndOfMessage;
            return new ValueWebSocketReceiveResult(count, WebSocketMessageType.Binary, isEndOfMessage);
        }

        _toldTheEnd = true;
        await _link.EndReadingAsync(_end, _fault).ConfigureAwait(false);
        _ = GiveBackAsync();

        // Not the close itself: the engine would answer it with a code of its own.
        throw new OperationCanceledException("The link has ended.");
    }

    // A frame that comes alone goes over alone, at once: a read that would have to wait is left to the next call.
#if NET
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
#endif
    private async ValueTask ReadAsync()
    {
        _frames = 0;
        try
        {
            while (!_hasReadAll && !_link.HasEnded && !_batch.IsFull)
            {
                // A look at the network costs more than a frame that came alone, and would keep it waiting.
                if (_frames == 1 && !_isReading && _hasReadAhead?.Invoke() == false) return;
                if (!_isReading) BeginRead();
                if (!_read.IsCompleted && _batch.IsReady) return;
                _isReading = false;
                var piece = await _read.ConfigureAwait(false);
                if (piece.MessageType == WebSocketMessageType.Close) End(LinkClosure.ByPeer(_socket));
                else if (!_batch.Add(piece.Count, piece.EndOfMessage)) End(LinkClosure.TooLarge(_batch.MaxFrameBytes));
                else if (piece.EndOfMessage) _frames++;
            }
        }
        catch (Exception fault)
        {
            _fault = fault;
            _hasReadAll = true;
        }
    }

    // Between frames it reads nothing, which ends when there is something to read: a link that waits needs no memory for it. Where
    // something is known to be there, that would be one call too many.
    private void BeginRead()
    {
        if (_batch.IsBetweenFrames && _hasReadAhead?.Invoke() == true) _batch.Add(0, isLast: false);
#pragma warning disable CA2012 // It is awaited once, by whichever call comes to it.
        _read = _socket.ReceiveAsync(_batch.IsBetweenFrames ? Memory<byte>.Empty : _batch.Free(), CancellationToken.None);
#pragma warning restore CA2012
        _isReading = true;
    }

    private void End(LinkClosure end)
    {
        _end = end;
        _hasReadAll = true;
    }

    // A read that is still under way may be writing into the block. It ends with the socket, which has been dropped.
    private async Task GiveBackAsync()
    {
        try
        {
            if (_isReading) await _read.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The end has been told already.
        }

        _batch.Dispose();
    }

    // The one sender of a link waits for each write, so no other frame can be the one that has begun.
    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        _hasBegunWrite = true;
        return _socket.SendAsync(buffer, WebSocketMessageType.Text, endOfMessage, CancellationToken.None);
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
}
