using System;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Websocket.Client;

namespace Talo.Reactive.Transport;

internal sealed class WebsocketClientLink : SocketLink, IObserver<ResponseMessage>
{
    private readonly WebsocketClient _engine;
    private readonly EngineSocket _socket;
    private readonly TaskCompletionSource<bool> _readToTheEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IObserver<ReadOnlyMemory<byte>>? _observer;
    private Exception? _fault;

    /// <summary>Makes the link of an engine that has not started: subscribed first, it misses nothing.</summary>
    internal WebsocketClientLink(WebsocketClient engine, EngineSocket socket)
    {
        _engine = engine;
        _socket = socket;
        _socket.HasEnded = () => Closure is not null || _fault is not null;
        _socket.ReadingEnded = EndReadingAsync;
        _engine.MessageReceived.Subscribe(this);
    }

    public void OnNext(ResponseMessage value)
    {
        using var stream = value.Stream!;
        if (Closure is not null) return;
        try
        {
            _observer?.OnNext(stream.TryGetBuffer(out var bytes) ? bytes.AsMemory() : stream.ToArray());
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
        _ = Task.Run(() => CompleteAsync(observer));
        _socket.OpenGate();
    }

    private protected override async Task WriteAsync(ReadOnlyMemory<byte> frame)
    {
        var write = new EngineWrite();
        _socket.Expect(write);

        // An end from here on turns the write away itself (Ended); one before cannot have known of it.
        var segment = MemoryMarshal.TryGetArray(frame, out var whole) ? whole : new ArraySegment<byte>(frame.ToArray());
        if (Closure is not null || !_engine.SendAsText(segment)) write.TryRefuse();
        await write.Task.ConfigureAwait(false);
    }

    // On the pool: the engine's Stop would come back to the context of whoever calls it.
    private protected override Task WriteCloseAsync(int code, string reason) =>
        Task.Run(() => _engine.Stop((WebSocketCloseStatus)code, reason));

    private protected override Task WriteFarewellAsync(WebSocketCloseStatus code, string? reason) =>
        _socket.CloseOutputAsync(code, reason, default);

    private protected override void Ended() => _socket.RefuseWrite();

    // The engine itself is disposed by its reader (see below), which a disposal from elsewhere would stop without a last read.
    private protected override void Drop()
    {
        _socket.Abort();
        _socket.Dispose();
        _socket.OpenGate();
    }

    private async Task EndReadingAsync(LinkClosure? end, Exception? fault)
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

    private async Task CompleteAsync(IObserver<ReadOnlyMemory<byte>> observer)
    {
        await _readToTheEnd.Task.ConfigureAwait(false);
        observer.OnCompleted();
    }
}
