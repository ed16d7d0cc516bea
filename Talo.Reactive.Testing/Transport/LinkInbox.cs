using System;
using System.Collections.Generic;
using System.Reactive.Disposables;

namespace Talo.Reactive.Testing;

/// <summary>The inbound side of a scripted link: what has arrived, in order, and its one observer.</summary>
internal sealed class LinkInbox : IObservable<ReadOnlyMemory<byte>>
{
    // Not valid UTF-8: text that was kept beyond OnNext is seen to be broken at once.
    private const byte Poison = 0xFF;

    private readonly ScriptClock _clock;
    private readonly Queue<byte[]?> _arrived = new();
    private IObserver<ReadOnlyMemory<byte>>? _observer;
    private bool _subscribed;
    private bool _delivering;
    private bool _waking;
    private bool _completed;

    internal LinkInbox(ScriptClock clock) => _clock = clock;

    public IDisposable Subscribe(IObserver<ReadOnlyMemory<byte>> observer)
    {
        _ = observer ?? throw new ArgumentNullException(nameof(observer));
        if (_subscribed) throw new InvalidOperationException("The frames of a link have one observer only, and this is a second.");
        _subscribed = true;
        _observer = observer;
        if (_arrived.Count > 0) Wake();
        return Disposable.Create(() => _observer = null);
    }

    /// <summary>Delivers now, or after what is being delivered, or once there is an observer.</summary>
    internal void Deliver(byte[] frame) => Arrive(frame);

    /// <summary>Ends the stream after everything that arrived before.</summary>
    internal void End() => Arrive(null);

    /// <summary>Drops what was not delivered, and ends the stream with the next tick or when the running OnNext returns.</summary>
    internal void Drop()
    {
        if (_completed) return;
        _arrived.Clear();
        _arrived.Enqueue(null);
        Wake();
    }

    private void Arrive(byte[]? frame)
    {
        _arrived.Enqueue(frame);
        if (!_waking) Pump();
    }

    private void Wake()
    {
        _waking = true;
        _clock.Soon(() =>
        {
            _waking = false;
            Pump();
        });
    }

    private void Pump()
    {
        if (_delivering) return;
        _delivering = true;
        try
        {
            while (_observer is { } observer && _arrived.Count > 0)
            {
                if (_arrived.Dequeue() is { } frame) Lend(frame, observer);
                else Complete(observer);
            }
        }
        finally
        {
            _delivering = false;
        }
    }

    private void Complete(IObserver<ReadOnlyMemory<byte>> observer)
    {
        _completed = true;
        _observer = null;
        observer.OnCompleted();
    }

    private static void Lend(byte[] frame, IObserver<ReadOnlyMemory<byte>> observer)
    {
        try
        {
            observer.OnNext(frame);
        }
        finally
        {
            frame.AsSpan().Fill(Poison);
        }
    }
}
