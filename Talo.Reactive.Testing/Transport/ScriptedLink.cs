using System;
using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Text;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Testing;

/// <summary>A link whose far end is a test: the test reads what the client wrote, and says what arrives and how it ends.</summary>
/// <remarks>
/// What the test does takes effect at once (<see cref="Receive(string)"/>, <see cref="CloseByPeer"/>, <see cref="Lose"/>); the
/// answers to what the client does (a write, a close, an abort) come through the scheduler, at the next tick unless a time
/// is set. Strict about the rules of <see cref="ILink"/>: a second observer of the frames, a second write while one is
/// under way, memory that changes under a write, and an impossible close code throw; received memory is
/// overwritten when OnNext returns. Single-threaded, as the scheduler is.
/// </remarks>
public sealed partial class ScriptedLink : ILink
{
    private readonly ScriptClock _clock;
    private readonly LinkInbox _inbox;
    private readonly LinkWriter _writer;
    private readonly int _maxFrameBytes;
    private Action? _closeWaiting;
    private bool _closing;

    /// <summary>Makes an open link of its own, for a test that needs no dial.</summary>
    /// <param name="scheduler">Drives and stamps everything.</param>
    /// <param name="maxFrameBytes">The largest frame that may arrive, in bytes.</param>
    public ScriptedLink(IScheduler scheduler, int maxFrameBytes = int.MaxValue)
        : this(new ScriptClock(scheduler), null, maxFrameBytes)
    {
    }

    internal ScriptedLink(ScriptClock clock, Uri? address, int maxFrameBytes)
    {
        _clock = clock;
        Address = address;
        _maxFrameBytes = maxFrameBytes;
        _inbox = new LinkInbox(clock);
        _writer = new LinkWriter(clock, cause => Lose(cause));
        Written = _writer.Written.AsObservable();
    }

    /// <inheritdoc/>
    public IObservable<ReadOnlyMemory<byte>> Frames => _inbox;

    /// <inheritdoc/>
    public LinkClosure? Closure { get; private set; }

    /// <inheritdoc/>
    public IObservable<Unit> Send(ReadOnlyMemory<byte> frame)
    {
        var begun = false;
        return new SubscribeObservable<Unit>(observer =>
        {
            if (begun) throw new InvalidOperationException("A write is subscribed to once, and this is the second time.");
            begun = true;
            return _writer.Begin(frame, observer);
        });
    }

    /// <inheritdoc/>
    public IObservable<Unit> Close(int code, string reason)
    {
        if (code != 1000 && code is < 3000 or > 4999)
            throw new ArgumentOutOfRangeException(nameof(code), code, "A client closes with 1000, or 3000 to 4999.");
        if (Encoding.UTF8.GetByteCount(reason) > 123)
            throw new ArgumentException("A close reason has at most 123 bytes of UTF-8.", nameof(reason));
        return new SubscribeObservable<Unit>(observer => BeginClose(code, reason, observer));
    }

    /// <inheritdoc/>
    public void Abort()
    {
        AbortedAt ??= _clock.Now;
        _inbox.Drop();
        if (!IsOpen) return;
        Closure = new LinkClosure(LinkEnd.Aborted, LinkClosure.AbnormalClosure, string.Empty);
        _writer.Break("The link was aborted.", soon: true);
        _clock.Soon(EndCloseWait);
    }

    private BooleanDisposable BeginClose(int code, string reason, IObserver<Unit> observer)
    {
        var listening = new BooleanDisposable();
        void Complete()
        {
            if (listening.IsDisposed) return;
            observer.OnNext(Unit.Default);
            observer.OnCompleted();
        }

        if (!IsOpen || _closing)
        {
            _clock.Soon(Complete);
            return listening;
        }

        _closing = true;
        _closeWaiting = Complete;
        _writer.Finish(() =>
        {
            ClosedWith = new SentClose(code, reason, _clock.Now, _clock.Elapsed);
            _clock.Soon(EndCloseWait);
            if (!IgnoresClose) _clock.After(CloseTime, AnswerClose);
        });
        return listening;
    }

    private void End(LinkClosure closure)
    {
        if (!IsOpen) return;
        Closure = closure;
        _writer.Break("The link ended under the write.", soon: false);
        EndCloseWait();
        _inbox.End();
    }

    private void EndCloseWait()
    {
        var waiting = _closeWaiting;
        _closeWaiting = null;
        waiting?.Invoke();
    }
}
