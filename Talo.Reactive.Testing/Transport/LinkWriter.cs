using System;
using System.Collections.Generic;
using System.IO;
using System.Reactive;
using System.Reactive.Disposables;
using System.Reactive.Subjects;
using System.Text;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Testing;

/// <summary>The outbound side of a scripted link: one write at a time, which may be slow, held or made to fail.</summary>
internal sealed class LinkWriter
{
    private readonly ScriptClock _clock;
    private readonly Action<Exception> _lost;
    private readonly List<SentFrame> _sent = new();
    private readonly Subject<SentFrame> _written = new();
    private PendingWrite? _current;
    private Action? _afterWrite;
    private Exception? _failure;
    private bool _failureIsDelivered;
    private bool _held;
    private bool _isRefusing;

    internal LinkWriter(ScriptClock clock, Action<Exception> lost)
    {
        _clock = clock;
        _lost = lost;
    }

    internal IReadOnlyList<SentFrame> Sent => _sent;

    internal IObservable<SentFrame> Written => _written;

    internal string? UnderWay => _current is { Taken: false } write ? write.Text : null;

    internal TimeSpan Time { get; set; }

    internal IDisposable Begin(ReadOnlyMemory<byte> frame, IObserver<Unit> observer)
    {
        if (_current is not null)
            throw new InvalidOperationException("A link takes one write at a time, and this one began while another was under way.");
        var write = new PendingWrite(frame, observer);
        if (_isRefusing)
        {
            _clock.Soon(() => write.Observer?.OnError(new LinkEndedException()));
        }
        else
        {
            _current = write;
            if (!_held) Run(write);
        }

        // A frame on its way can't be called back: disposal only stops listening.
        return Disposable.Create(() => write.Observer = null);
    }

    internal void Hold() => _held = true;

    internal void Release()
    {
        _held = false;
        if (_current is { Running: false } write) Run(write);
    }

    internal void FailNext(Exception failure, bool delivered)
    {
        _failure = failure;
        _failureIsDelivered = delivered;
    }

    /// <summary>Runs an action when no write is under way; later writes are refused.</summary>
    internal void Finish(Action action)
    {
        _isRefusing = true;
        if (_current is null) action();
        else _afterWrite = action;
    }

    /// <summary>Ends the write under way with an error and refuses later ones.</summary>
    internal void Break(string why, bool soon)
    {
        _isRefusing = true;
        _afterWrite = null;
        _written.OnCompleted();
        if (_current is not { } write) return;
        _current = null;
        if (soon) _clock.Soon(Fail);
        else Fail();
        void Fail() => write.Observer?.OnError(new IOException(why));
    }

    private void Run(PendingWrite write)
    {
        write.Running = true;
        if (Time > TimeSpan.Zero) _clock.After(Time, () => Take(write));
        else Take(write);
    }

    private void Take(PendingWrite write)
    {
        if (_current != write) return;
        var failure = _failure;
        _failure = null;
        _clock.Soon(() => End(write, failure));
        if (failure is not null && !_failureIsDelivered) return;
        write.Taken = true;
        var frame = new SentFrame(write.Text, _clock.Now, _clock.Elapsed);
        _sent.Add(frame);
        _written.OnNext(frame);
    }

    private void End(PendingWrite write, Exception? failure)
    {
        if (_current != write) return;
        if (!write.IsUnchanged)
            throw new InvalidOperationException("The memory of a frame was changed while its write was under way.");
        _current = null;
        if (failure is not null)
        {
            write.Observer?.OnError(failure);
            _lost(failure);
            return;
        }

        write.Observer?.OnNext(Unit.Default);
        write.Observer?.OnCompleted();
        var after = _afterWrite;
        _afterWrite = null;
        after?.Invoke();
    }

    private sealed class PendingWrite
    {
        private readonly ReadOnlyMemory<byte> _frame;
        private readonly byte[] _copy;

        internal PendingWrite(ReadOnlyMemory<byte> frame, IObserver<Unit> observer)
        {
            _frame = frame;
            _copy = frame.ToArray();
            Text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(_copy);
            Observer = observer;
        }

        internal string Text { get; }

        internal IObserver<Unit>? Observer { get; set; }

        internal bool Running { get; set; }

        internal bool Taken { get; set; }

        internal bool IsUnchanged => _frame.Span.SequenceEqual(_copy);
    }
}
