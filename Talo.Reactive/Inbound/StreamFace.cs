using System;

namespace Talo.Reactive.Inbound;

/// <summary>
/// What a game sees of a stream. Not <c>AsObservable</c>: that is an operator, behind which Rx detaches an observer that throws.
/// </summary>
internal sealed class StreamFace<T>(IObservable<T> stream) : IObservable<T>
{
    public IDisposable Subscribe(IObserver<T> observer) => stream.Subscribe(observer);
}
