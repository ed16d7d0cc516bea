using System;
using System.Text;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

/// <summary>The observer of a link's frames: keeps a copy of each, and whatever breaks the contract of the stream.</summary>
internal sealed class FrameProbe : IObserver<ReadOnlyMemory<byte>>
{
    private readonly ILink _link;
    private readonly Action<FrameProbe, string> _onFrame;
    private readonly Channel<byte[]> _frames = System.Threading.Channels.Channel.CreateUnbounded<byte[]>();
    private readonly TaskCompletionSource<LinkClosure?> _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;
    private int _count;

    private FrameProbe(ILink link, Action<FrameProbe, string> onFrame)
    {
        _link = link;
        _onFrame = onFrame;
    }

    /// <summary>The closure as it was when the stream completed.</summary>
    internal Task<LinkClosure?> Completed => _completed.Task;

    internal int Count => Volatile.Read(ref _count);

    internal IDisposable Subscription { get; private set; } = null!;

    internal static FrameProbe On(ILink link, Action<FrameProbe, string>? onFrame = null)
    {
        var probe = new FrameProbe(link, onFrame ?? ((_, _) => { }));
        probe.Subscription = link.Frames.Subscribe(probe);
        return probe;
    }

    internal async Task<byte[]> NextAsync() => await _frames.Reader.ReadAsync().AsTask().InTime();

    internal async Task<string> NextTextAsync() => Encoding.UTF8.GetString(await NextAsync());

    internal async Task<LinkClosure> ClosureAsync() =>
        await Completed.InTime() ?? throw new InvalidOperationException("The frames completed while the closure was null.");

    public void OnNext(ReadOnlyMemory<byte> value)
    {
        if (Interlocked.Increment(ref _calls) != 1) Break("OnNext overlapped another call.");
        if (_completed.Task.IsCompleted) Break("OnNext after the end.");
        Interlocked.Increment(ref _count);
        var copy = value.ToArray();
        _frames.Writer.TryWrite(copy);
        try
        {
            _onFrame(this, Encoding.UTF8.GetString(copy));
        }
        finally
        {
            Interlocked.Decrement(ref _calls);
        }
    }

    public void OnError(Exception error) => Break($"The frames of a link never error: {error}");

    public void OnCompleted()
    {
        if (Volatile.Read(ref _calls) != 0) Break("OnCompleted overlapped OnNext.");
        if (!_completed.TrySetResult(_link.Closure)) Break("OnCompleted came twice.");
        _frames.Writer.TryComplete();
    }

    private void Break(string what)
    {
        var breach = new InvalidOperationException(what);
        _frames.Writer.TryComplete(breach);
        _completed.TrySetException(breach);
    }
}
