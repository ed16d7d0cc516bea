using System;
using System.Buffers;
using System.Net.WebSockets;
using System.Reactive;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

internal sealed class ClientWebSocketLink : ILink
{
    private const int LongestReasonBytes = 123;

    private readonly ClientWebSocket _socket;
    private readonly FrameReader _reader;
    private readonly WriteTurns _writes = new();
    private LinkClosure? _closure;
    private volatile bool _closeSent;
    private int _observed;

    internal ClientWebSocketLink(ClientWebSocket socket, int maxFrameBytes, ArrayPool<byte> pool)
    {
        _socket = socket;
        _reader = new FrameReader(socket, maxFrameBytes, pool);
        Frames = Observable.Create<ReadOnlyMemory<byte>>(Read);
    }

    public IObservable<ReadOnlyMemory<byte>> Frames { get; }

    public LinkClosure? Closure => Volatile.Read(ref _closure);

    public IObservable<Unit> Send(ReadOnlyMemory<byte> frame) => Observable.Create<Unit>(observer =>
    {
        _ = SendAsync(frame, observer);
        return Disposable.Empty;
    });

    public IObservable<Unit> Close(int code, string reason)
    {
        if (code is not (1000 or (>= 3000 and <= 4999)))
            throw new ArgumentOutOfRangeException(nameof(code), code, "A close code is 1000, or 3000 to 4999.");
        if (Encoding.UTF8.GetByteCount(reason ?? throw new ArgumentNullException(nameof(reason))) > LongestReasonBytes)
            throw new ArgumentException("A close reason has at most 123 bytes of UTF-8.", nameof(reason));

        return Observable.Create<Unit>(observer =>
        {
            _ = CloseAsync(code, reason, observer);
            return Disposable.Empty;
        });
    }

    public void Abort()
    {
        End(WithoutCloseFrame(LinkEnd.Aborted));
        Drop(_socket);
    }

    internal static void Drop(ClientWebSocket socket)
    {
        socket.Abort();
        socket.Dispose();
    }

    private IDisposable Read(IObserver<ReadOnlyMemory<byte>> observer)
    {
        if (Interlocked.Exchange(ref _observed, 1) == 0)
        {
            // On the pool, so that neither the thread that subscribes nor its context reads the socket.
            _ = Task.Run(() => ReadAsync(observer));
        }
        else observer.OnError(new InvalidOperationException("The frames of a link have one observer."));

        // A link whose observer has left is read on: pings want answers, and somebody may still ask how it ended.
        return Disposable.Empty;
    }

    private async Task ReadAsync(IObserver<ReadOnlyMemory<byte>> observer)
    {
        LinkClosure closure;
        try
        {
            var end = await _reader.ReadAsync(observer, () => Closure is not null).ConfigureAwait(false);
            closure = end ?? WithoutCloseFrame(LinkEnd.Lost);
        }
        catch (Exception fault)
        {
            closure = WithoutCloseFrame(LinkEnd.Lost, fault);
        }

        var answered = _closeSent;
        if (answered && closure.End == LinkEnd.ClosedByPeer) closure = new LinkClosure(LinkEnd.ClosedHere, closure.Code, closure.Reason);
        var farewell = End(closure) && !answered ? SayFarewellAsync(closure) : Task.CompletedTask;

        // An answer is followed by a wait for the peer to hang up; a peer that breaks the limit gets no such courtesy.
        if (farewell.IsCompleted || closure.End != LinkEnd.ClosedByPeer) Drop(_socket);
        try
        {
            observer.OnCompleted();
        }
        finally
        {
            await farewell.ConfigureAwait(false);
            Drop(_socket);
        }
    }

    // Only if nothing is being written: a peer that ends the link while it takes no bytes would keep us waiting for ever.
    private Task SayFarewellAsync(LinkClosure closure)
    {
        if (closure.Code == LinkClosure.AbnormalClosure || !_writes.AreIdle) return Task.CompletedTask;

        var (code, reason) = closure.End == LinkEnd.ClosedByPeer ? (closure.Code, closure.Reason) : (closure.Code, "");
        // 1005 stands for "no code" and goes out as an empty close frame, which may not have a reason.
        return _writes.TakeAsync(() =>
            _socket.CloseOutputAsync((WebSocketCloseStatus)code, reason.Length == 0 ? null : reason, CancellationToken.None));
    }

    private async Task SendAsync(ReadOnlyMemory<byte> frame, IObserver<Unit> observer)
    {
        var began = false;
        var fault = await _writes.TakeAsync(() =>
        {
            if (Closure is not null) throw new LinkEndedException();
            began = true;
            return _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).AsTask();
        }).ConfigureAwait(false);

        if (fault is null) Complete(observer);
        else if (began) observer.OnError(new WebSocketException("The link ended under a write; the peer may or may not have the frame.", fault));
        else observer.OnError(fault);
    }

    private async Task CloseAsync(int code, string reason, IObserver<Unit> observer)
    {
        // What it may throw means that the link has ended, which is what the caller wanted.
        _ = await _writes.TakeAsync(() =>
        {
            if (_closeSent || Closure is not null) return Task.CompletedTask;
            _closeSent = true;
            return _socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, CancellationToken.None);
        }).ConfigureAwait(false);
        Complete(observer);
    }

    private static void Complete(IObserver<Unit> observer)
    {
        observer.OnNext(Unit.Default);
        observer.OnCompleted();
    }

    private LinkClosure WithoutCloseFrame(LinkEnd end, Exception? cause = null) =>
        new(_closeSent ? LinkEnd.ClosedHere : end, LinkClosure.AbnormalClosure, "", cause);

    private bool End(LinkClosure closure) => Interlocked.CompareExchange(ref _closure, closure, null) is null;
}
