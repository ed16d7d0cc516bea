using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace Talo.Reactive.Benchmarks.Cases;

/// <summary>What the process holds and has spent.</summary>
internal sealed record Usage(long Live, long WorkingSet, Moment Reached, Moment Left)
{
    internal static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    internal static async Task<Usage> NowAsync()
    {
        // For what is still under way.
        await Task.Delay(Settling);
        var reached = Moment.Now();
        var live = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        return new Usage(live, process.WorkingSet64, reached, Moment.Now());
    }
}

/// <summary>The processor time that was spent until a time.</summary>
internal readonly record struct Moment(TimeSpan Cpu, TimeSpan At)
{
    internal static Moment Now() => new(Environment.CpuUsage.TotalTime, Stopwatch.GetElapsedTime(0));
}
