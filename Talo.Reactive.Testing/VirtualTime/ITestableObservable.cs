using System;
using System.Collections.Generic;
using System.Reactive;

namespace Talo.Reactive.Testing;

/// <summary>A scripted sequence that notes who subscribed to it, from when to when.</summary>
/// <typeparam name="T">The element type.</typeparam>
public interface ITestableObservable<T> : IObservable<T>
{
    /// <summary>Every subscription so far, in order.</summary>
    IList<Subscription> Subscriptions { get; }

    /// <summary>The script: ticks of the clock for a hot sequence, ticks after each subscription for a cold one.</summary>
    IList<Recorded<Notification<T>>> Messages { get; }
}
