using System;
using FsCheck;
using FsCheck.Fluent;

namespace Talo.Reactive.Tests.Wire;

/// <summary>Properties over a fixed run of random inputs, so that a failure comes back.</summary>
internal static class Property
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure
        .WithMaxTest(400)
        .WithReplay(new Replay(new Rnd(20260302, 41), Microsoft.FSharp.Core.FSharpOption<int>.None));

    /// <summary>Holds for every source of randomness.</summary>
    internal static void ForAnyRandom(Action<Random> check) =>
        ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check(new Random(seed)));

    internal static void ForAll<T>(Arbitrary<T> values, Action<T> check) => Check.One(Fixed, FsCheck.Fluent.Prop.ForAll(values, check));
}
