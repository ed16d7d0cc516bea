using System.Collections.Generic;
using System.Globalization;
using Talo.Reactive.Benchmarks.Frames;
using Talo.Reactive.Benchmarks.Receive;
using Talo.Reactive.Benchmarks.Receivers;

namespace Talo.Reactive.Benchmarks.Cases;

/// <summary>What many subscriptions cost: the frames are the same, and each reaches one channel's observer, or all of one stream's.</summary>
internal static class FanoutCases
{
    private const int Room = Faces.FirstId + 1;

    internal static IReadOnlyList<CaseGroup> All() =>
    [
        new("channels", "Subscriptions of `In(id).Messages`; all messages in one of the channels", [InChannels(1), InChannels(100), InChannels(1_000)]),
        new("observers", "Observers of `Channels.Messages`", [OfOneStream(1), OfOneStream(10), OfOneStream(100)]),
    ];

    private static Case InChannels(int count) => new(
        $"channels-{count}", Name(count), Workload.OneRoom, () => new ClientReceiver(Observations.Channels(Room, count)), "channels-1");

    private static Case OfOneStream(int count) => new(
        $"observers-{count}", Name(count), Workload.Repeating, () => new ClientReceiver(Observations.Observers(count), count), "observers-1");

    private static string Name(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
