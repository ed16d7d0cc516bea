using System;
using FsCheck;
using FsCheck.Fluent;

namespace Talo.Reactive.Tests.Wire;

/// <summary>Properties over a fixed run of random inputs, so that a failure comes back.</summary>
internal static class Property
{
    /// <summary>Holds for every source of randomness.</summary>
    internal static void ForAnyRandom(Action<Random> check, int runs = 60) =>
        ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check(new Random(seed)), runs);

    internal static void ForAll<T>(Arbitrary<T> values, Action<T> check, int runs = 200)
    {
        var replay = new Replay(new Rnd(20260302, 41), Microsoft.FSharp.Core.FSharpOption<int>.None);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs).WithReplay(replay), FsCheck.Fluent.Prop.ForAll(values, check));
    }
}
