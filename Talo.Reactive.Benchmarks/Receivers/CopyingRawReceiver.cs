using System;
using System.Threading.Tasks;

namespace Talo.Reactive.Benchmarks.Receivers;

/// <summary>
/// The raw loop with an array of its own for each frame: the least that a client does that gives messages away, which must not
/// change when the next one comes.
/// </summary>
internal sealed class CopyingRawReceiver : RawReceiver
{
    public override async Task ReceiveAsync(string workload, int count)
    {
        await StartAsync(workload, count);
        var bytes = 0L;
        for (var left = count + 1; left > 0; left--)
        {
            var length = await ReceiveFrameAsync();
            bytes += Buffer.AsSpan(0, length).ToArray().Length;
        }

        if (bytes < count) throw new InvalidOperationException("Frames without content.");
    }
}
