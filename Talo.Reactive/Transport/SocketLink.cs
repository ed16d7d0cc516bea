using System;
using System.Net.WebSockets;
using System.Reactive;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

/// <summary>
/// What the links of all engines do alike: one write at a time, one close frame, one closure, and an answer to the peer's close.
/// </summary>
internal abstract class SocketLink : ILink
{
    private readonly WriteTurns _writes = new();
    private LinkClosure? _closure;
    private volatile bool _closeSent;
    private int _observed;

    private protected SocketLink() => Frames = Observable.Create<ReadOnlyMemory<byte>>(Observe);

    public IObservable<ReadOnlyMemory<byte>> Frames { get; }

    public LinkClosure? Closure => Volatile.Read(ref _closure);

    public IObservable<Unit> Send(ReadOnlyMemory<byte> frame) => new Sending(this, frame);

    public IObservable<Unit> Close(int code, string reason)
    {
        LinkArguments.CheckClose(code, reason);
        return Observable.Create<Unit>(observer =>
        {
            _ = CloseAsync(code, reason, observer);
            return Disposable.Empty;
        });
    }

    public void Abort()
    {
        End(WithoutCloseFrame(LinkEnd.Aborted));
        Drop();
    }

    /// <summary>Starts to read for the one observer, off its thread and context. Whatever ends it goes to <see cref="FinishAsync"/>.</summary>
    private protected abstract void Read(IObserver<ReadOnlyMemory<byte>> observer);

    /// <summary>Writes one text frame. An error other than <see cref="LinkEndedException"/> means that some of it may be gone.</summary>
    private protected abstract Task WriteAsync(ReadOnlyMemory<byte> frame);

    /// <summary>Writes the first close frame of a handshake, without a wait for the answer.</summary>
    private protected abstract Task WriteCloseAsync(int code, string reason);

    /// <summary>Writes the last frame of a link: the answer to a close frame, or the reason why this side goes.</summary>
    private protected abstract Task WriteFarewellAsync(WebSocketCloseStatus code, string? reason);

    /// <summary>Hangs up and frees everything. Idempotent, never throws, never blocks.</summary>
    private protected abstract void Drop();

    /// <summary>Ends the link as its reading ended: tells the observer, answers the peer, drops the socket.</summary>
    /// <param name="end">The closure that the bytes tell of; null when there was none.</param>
    /// <param name="fault">What the reading threw.</param>
    /// <param name="complete">Completes the frames.</param>
    private protected async Task FinishAsync(LinkClosure? end, Exception? fault, Action complete)
    {
        var closure = end ?? WithoutCloseFrame(LinkEnd.Lost, fault);
        var answered = _closeSent;
        if (answered && closure.End == LinkEnd.ClosedByPeer) closure = new LinkClosure(LinkEnd.ClosedHere, closure.Code, closure.Reason);
        var farewell = End(closure) && !answered ? SayFarewellAsync(closure) : Task.CompletedTask;

        // An answer is followed by a wait for the peer to hang up; a peer that breaks the limit gets no such courtesy.
        if (farewell.IsCompleted || closure.End != LinkEnd.ClosedByPeer) Drop();
        try
        {
            complete();
        }
        finally
        {
            await farewell.ConfigureAwait(false);
            Drop();
        }
    }

    private IDisposable Observe(IObserver<ReadOnlyMemory<byte>> observer)
    {
        if (Interlocked.Exchange(ref _observed, 1) == 0) Read(observer);
        else observer.OnError(new InvalidOperationException("The frames of a link have one observer."));

        // A link whose observer has left is read on: pings want answers, and somebody may still ask how it ended.
        return Disposable.Empty;
    }

    // Only if nothing is being written: a peer that ends the link while it takes no bytes would keep us waiting for ever.
    private Task SayFarewellAsync(LinkClosure closure)
    {
        if (closure.Code == LinkClosure.AbnormalClosure || !_writes.AreIdle) return Task.CompletedTask;

        // 1005 stands for "no code" and goes out as an empty close frame, which may not have a reason.
        var reason = closure is { End: LinkEnd.ClosedByPeer, Reason.Length: > 0 } ? closure.Reason : null;
        var code = (WebSocketCloseStatus)closure.Code;
        return _writes.TakeAsync((link: this, code, reason), static x => x.link.WriteFarewellAsync(x.code, x.reason)).AsTask();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> frame, IObserver<Unit> observer)
    {
        var fault = await _writes
            .TakeAsync((link: this, frame), static x => x.link.BeginWriteAsync(x.frame))
            .ConfigureAwait(false);

        if (fault is null) Complete(observer);
        else if (fault is LinkEndedException) observer.OnError(fault);
        else observer.OnError(new WebSocketException("The link ended under a write; the peer may or may not have the frame.", fault));
    }

    private async Task CloseAsync(int code, string reason, IObserver<Unit> observer)
    {
        // What it may throw means that the link has ended, which is what the caller wanted.
        _ = await _writes.TakeAsync((link: this, code, reason), static x => x.link.BeginCloseAsync(x.code, x.reason)).ConfigureAwait(false);
        Complete(observer);
    }

    private Task BeginWriteAsync(ReadOnlyMemory<byte> frame) => Closure is null ? WriteAsync(frame) : throw new LinkEndedException();

    private Task BeginCloseAsync(int code, string reason)
    {
        if (_closeSent || Closure is not null) return Task.CompletedTask;
        _closeSent = true;
        return WriteCloseAsync(code, reason);
    }

    private static void Complete(IObserver<Unit> observer)
    {
        observer.OnNext(Unit.Default);
        observer.OnCompleted();
    }

    private LinkClosure WithoutCloseFrame(LinkEnd end, Exception? cause = null) =>
        new(_closeSent ? LinkEnd.ClosedHere : end, LinkClosure.AbnormalClosure, "", cause);

    private bool End(LinkClosure closure) => Interlocked.CompareExchange(ref _closure, closure, null) is null;

    /// <summary>One write for each observer. Not built by <c>Observable.Create</c>, which would cost as much as the rest of a send.</summary>
    private sealed class Sending(SocketLink link, ReadOnlyMemory<byte> frame) : IObservable<Unit>
    {
        public IDisposable Subscribe(IObserver<Unit> observer)
        {
            _ = link.SendAsync(frame, observer ?? throw new ArgumentNullException(nameof(observer)));
            return Disposable.Empty;
        }
    }
}
