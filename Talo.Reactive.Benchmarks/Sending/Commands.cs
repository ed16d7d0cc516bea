using System.Globalization;

namespace Talo.Reactive.Benchmarks.Sending;

/// <summary>What a receiver tells the sender: requests, as any other.</summary>
internal static class Commands
{
    /// <summary>Write so many frames of a workload, then the frame that ends the run.</summary>
    internal const string Start = "bench.start";

    /// <summary>Answer each channel message with one, or stop doing so.</summary>
    internal const string Echo = "bench.echo";

    /// <summary>Write one channel message a second.</summary>
    internal const string Pulse = "bench.pulse";

    internal static string StartFrame(string workload, int count) => string.Create(
        CultureInfo.InvariantCulture, $$$"""{"req":"{{{Start}}}","data":{"workload":"{{{workload}}}","count":{{{count}}}}}""");

    internal static string EchoFrame(bool on) => $$$"""{"req":"{{{Echo}}}","data":{"on":{{{(on ? "true" : "false")}}}}}""";
}
