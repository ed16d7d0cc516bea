using System;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Loopback.Faults;

/// <summary>A slow way to the client: every frame arrives some time after it was sent, in order.</summary>
internal sealed class Lag(FaultTarget target, TimeSpan delay, TimeSpan jitter, Random random)
{
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FaultTarget Target { get; } = target;

    public void End() => over.TrySetResult();

    /// <summary>Completes when a frame that was queued at a moment is due, or when the lag is over.</summary>
    public async Task PassAsync(DateTimeOffset queuedAt, TimeProvider clock, CancellationToken cancellation)
    {
        double share;
        lock (random)
            share = random.NextDouble();
        var remaining = queuedAt + delay + jitter * share - clock.GetUtcNow();
        if (remaining <= TimeSpan.Zero || over.Task.IsCompleted)
            return;
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(over.Task, Task.Delay(remaining, clock, waiting.Token)).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
    }
}
