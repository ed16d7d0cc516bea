using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Talo.Reactive.Tests.Transport;

/// <summary>Subscribes and tells how the sequence ended: its values, and its error if it had one.</summary>
internal sealed class Ending<T> : IObserver<T>
{
    private readonly TaskCompletionSource<Ending<T>> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Ending()
    {
    }

    internal List<T> Values { get; } = [];

    internal Exception? Error { get; private set; }

    internal Task<Ending<T>> Task => _ended.Task;

    internal IDisposable Subscription { get; private set; } = null!;

    internal static Ending<T> Of(IObservable<T> source)
    {
        var ending = new Ending<T>();
        ending.Subscription = source.Subscribe(ending);
        return ending;
    }

    public void OnNext(T value) => Values.Add(value);

    public void OnError(Exception error)
    {
        Error = error;
        _ended.SetResult(this);
    }

    public void OnCompleted() => _ended.SetResult(this);
}

internal static class Ending
{
    internal static Task<Ending<T>> EndAsync<T>(this IObservable<T> source) => Ending<T>.Of(source).Task.InTime();
}
