using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>
/// Keeps a group of calls below a number in any 61 seconds, wherever the windows of the server begin.
/// </summary>
internal sealed class CallPace(int limit)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(61);

    private readonly Queue<DateTimeOffset> calls = [];

    public async Task WaitAsync()
    {
        if (calls.Count == limit && calls.Dequeue() + Window - DateTimeOffset.UtcNow is var wait && wait > TimeSpan.Zero)
            await Task.Delay(wait);
        calls.Enqueue(DateTimeOffset.UtcNow);
    }
}
