using System;
using System.Threading.Tasks;

namespace Talo.Reactive.Tests.Transport;

/// <summary>Waits on a signal from a real socket, but never for ever.</summary>
internal static class Bounded
{
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    internal static Task InTime(this Task signal) => signal.WaitAsync(Limit);

    internal static Task<T> InTime<T>(this Task<T> signal) => signal.WaitAsync(Limit);
}
