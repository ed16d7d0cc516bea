using System;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests;

/// <summary>Waits on a signal from a real socket, thread or process, but never for ever.</summary>
internal static class Bounded
{
    /// <summary>Far longer than any signal takes on a machine that has no core to spare.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Ends the many short waits of a test that has had all its time.</summary>
    internal static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    internal static Task InTime(this Task signal) => signal.WaitAsync(Limit, Token);

    internal static Task<T> InTime<T>(this Task<T> signal) => signal.WaitAsync(Limit, Token);
}
