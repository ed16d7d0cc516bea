using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace Talo.Reactive.Benchmarks.Receive;

/// <summary>One run of one case: what this process spent on each message.</summary>
internal readonly record struct Sample(double Nanoseconds, double CpuNanoseconds, double Bytes)
{
    /// <summary>Runs it, and divides by the number of messages.</summary>
    internal static async Task<Sample> OfAsync(int messages, Func<Task> run)
    {
        // The garbage of another case is not this one's.
        GC.Collect();
        GC.WaitForPendingFinalizers();

        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        await run();
        var took = Stopwatch.GetElapsedTime(began);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;

        return new Sample(took.TotalNanoseconds / messages, cpu.TotalNanoseconds / messages, (double)bytes / messages);
    }
}
