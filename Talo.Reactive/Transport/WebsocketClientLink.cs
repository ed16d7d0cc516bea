using System;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Websocket.Client;

namespace Talo.Reactive.Transport;

internal sealed class WebsocketClientLink : SocketLink, IObserver<ResponseMessage>
{
    private readonly WebsocketClient _engine;
    private readonly EngineSocket _socket;
    private readonly FrameBatch _batch;
    private readonly TaskCompletionSource<bool> _readToTheEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IObserver<ReadOnlyMemory<byte>>? _observer;
    private Exception? _fault;

    /// <summary>
    /// Makes the link of an engine that is just connecting, for which it has the socket. Nothing is missed: the socket reads once
    /// the link is observed.
    /// </summary>
    internal WebsocketClientLink(WebsocketClient engine, WebSocket connected, Func<bool>? hasReadAhead, FrameBatch batch)
    {
        _engine = engine;
        _batch = batch;
        _socket = new EngineSocket(this, connected, hasReadAhead, batch);
        _engine.MessageReceived.Subscribe(this);
    }

    internal WebSocket Socket => _socket;

    /// <summary>Whether no further frame is to be given.</summary>
    internal bool HasEnded => Closure is not null || _fault is not null;

    /// <summary>
    /// A message goes to the engine now. A frame that came alone costs the engine less as an array of its own than as a pooled
    /// stream, which has a Guid and a finalizer; in a burst it is the other way round.
    /// </summary>
    internal void Expect(bool isLoneFrame) => _engine.IsStreamDisposedAutomatically = isLoneFrame;

    /// <summary>The reading is over. Called once, inside a read of the engine, which goes on when the task has ended.</summary>
    internal async Task EndReadingAsync(LinkClosure? end, Exception? fault)
    {
        try
        {
            await FinishAsync(end, fault ?? _fault, () => _readToTheEnd.TrySetResult(true)).ConfigureAwait(false);
        }
        finally
        {
            // Before the engine hears of the end: a disposed engine reports and reconnects nothing.
            _engine.Dispose();
        }
    }

    public void OnNext(ResponseMessage value)
    {
        using var stream = value.Stream;
        ReadOnlyMemory<byte> message = stream is null ? value.Binary! : stream.TryGetBuffer(out var bytes) ? bytes : stream.ToArray();
        try
        {
            while (!HasEnded && _batch.TryTakeFrame(ref message, out var frame)) _observer?.OnNext(frame);
        }
        catch (Exception fault)
        {
            // It goes no further: it would end the engine's reader, which would report nothing.
            _fault = fault;
        }
    }

    // The engine's stream tells nothing of the link; what ends it passes through the socket.
    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }

    private protected override void Read(IObserver<ReadOnlyMemory<byte>> observer)
    {
        _observer = observer;
        _ = _readToTheEnd.Task.ContinueWith(
            static (_, frames) => ((IObserver<ReadOnlyMemory<byte>>)frames!).OnCompleted(),
            observer, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _socket.OpenGate();
    }

    // Not by the engine's queue, which tells nobody how a frame fared and costs two changes of thread.
    private protected override async Task WriteAsync(ReadOnlyMemory<byte> frame)
    {
        _socket.ExpectWrite();
        try
        {
            await _engine.SendInstant(WholeArray(frame)).ConfigureAwait(false);
        }
        catch (Exception) when (!_socket.HasBegunWrite)
        {
            // Told below, as is a frame that the engine dropped without a word.
        }

        if (!_socket.HasBegunWrite) throw new LinkEndedException();
    }

    // On the pool: the engine's Stop would come back to the context of whoever calls it.
    private protected override Task WriteCloseAsync(int code, string reason) =>
        Task.Run(() => _engine.Stop((WebSocketCloseStatus)code, reason));

    private protected override Task WriteFarewellAsync(WebSocketCloseStatus code, string? reason) =>
        _socket.CloseOutputAsync(code, reason, default);

    // The engine itself is disposed by its reader (see below), which a disposal from elsewhere would stop without a last read.
    private protected override void Drop()
    {
        _socket.Abort();
        _socket.Dispose();
        _socket.OpenGate();
    }

    // The engine takes arrays only.
    private static byte[] WholeArray(ReadOnlyMemory<byte> frame) =>
        MemoryMarshal.TryGetArray(frame, out var part) && part.Array is { } array && array.Length == frame.Length ? array : frame.ToArray();
}
