using System;
using System.Collections.Generic;
using System.Reactive;

namespace Talo.Reactive.Testing;

/// <summary>An observer that notes what it is sent, and when.</summary>
/// <typeparam name="T">The element type.</typeparam>
public interface ITestableObserver<T> : IObserver<T>
{
    /// <summary>What came so far, in order, each with its tick.</summary>
    IList<Recorded<Notification<T>>> Messages { get; }
}
