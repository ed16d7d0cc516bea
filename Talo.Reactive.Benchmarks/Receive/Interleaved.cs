using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Talo.Reactive.Benchmarks.Receivers;
using Talo.Reactive.Benchmarks.Sending;

namespace Talo.Reactive.Benchmarks.Receive;

/// <summary>Runs the cases in turn, round after round, so that what else the machine does meets all of them alike.</summary>
internal sealed class Interleaved(Effort effort)
{
    private const int FirstMessages = 4_000;

    internal async Task<IReadOnlyList<Result>> RunAsync(IReadOnlyList<Case> cases)
    {
        var began = Stopwatch.GetTimestamp();
        await using var sender = await SenderProcess.StartAsync();
        var contestants = new List<Contestant>();
        try
        {
            foreach (var one in cases)
            {
                var contestant = new Contestant(one, one.Create());
                contestants.Add(contestant);
                await contestant.Receiver.ConnectAsync(sender);
            }

            foreach (var contestant in contestants) await WarmUpAsync(contestant);
            for (var round = 0; effort.WantsRound(round, Stopwatch.GetElapsedTime(began)); round++) await RoundAsync(contestants, round);
        }
        finally
        {
            foreach (var contestant in contestants) await contestant.Receiver.DisposeAsync();
        }

        return Result.Of(contestants.ToDictionary(static x => x.Case, static x => (IReadOnlyList<Sample>)x.Samples));
    }

    // Each round begins elsewhere: no case always follows the same garbage and the same caches.
    private static async Task RoundAsync(List<Contestant> contestants, int round)
    {
        for (var i = 0; i < contestants.Count; i++)
        {
            var contestant = contestants[(i + (round * 3)) % contestants.Count];
            contestant.Samples.Add(await contestant.RunAsync());
        }
    }

    /// <summary>Gives the compiler its time, and finds out how many messages fill a run.</summary>
    private async Task WarmUpAsync(Contestant contestant)
    {
        contestant.Messages = FirstMessages;
        for (var i = 0; i < effort.WarmUps; i++)
        {
            var sample = await contestant.RunAsync();
            // A multiple of ten, for ten kinds.
            contestant.Messages = 10 * (int)Math.Clamp(effort.Run.TotalNanoseconds / sample.Nanoseconds / 10, 100, 100_000);
        }
    }

    private sealed class Contestant(Case one, IReceiver receiver)
    {
        internal Case Case { get; } = one;

        internal IReceiver Receiver { get; } = receiver;

        internal int Messages { get; set; }

        internal List<Sample> Samples { get; } = [];

        internal async Task<Sample> RunAsync()
        {
            try
            {
                return await Sample.OfAsync(Messages, () => Receiver.ReceiveAsync(Case.Workload, Messages));
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"{Case.Id}: {error.Message}", error);
            }
        }
    }
}
