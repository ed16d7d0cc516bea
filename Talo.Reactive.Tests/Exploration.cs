using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Talo.Reactive.Tests;

/// <summary>
/// All random input of the tests comes from here. Ordinarily from one fixed seed, so that a failure comes back; with TALO_FUZZ from
/// others: a time (<c>10m</c>, <c>90s</c>, <c>1h</c>) explores fresh seeds for about so long, shared between the tests, at most four
/// minutes each; a number is the seed of a failure to be played again.
/// <code>TALO_FUZZ=10m dotnet test Talo.Reactive.Tests --filter TestCategory=Fuzz</code>
/// </summary>
internal static class Exploration
{
    private const string Variable = "TALO_FUZZ";
    private const int FixedSeed = 20266;

    // Below the bound of .runsettings for a test of which nothing is heard.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    private static readonly string? Asked = Environment.GetEnvironmentVariable(Variable);

    /// <summary>How the tests check FsCheck's properties; <see cref="Explore(FsCheck.Property, Config)"/> seeds it.</summary>
    internal static Config Runs { get; } = Config.QuickThrowOnFailure;

    /// <summary>Checks a property of FsCheck.</summary>
    internal static void Explore(this FsCheck.Property property, Config runs) =>
        Explore(seed => Check.One(runs.WithReplay(ReplayOf(seed)), property));

    /// <summary>As <see cref="Explore(FsCheck.Property, Config)"/>, with the fixed seed always: for one that is to fail.</summary>
    internal static void CheckOnce(this FsCheck.Property property, Config runs) => Check.One(runs.WithReplay(ReplayOf(FixedSeed)), property);

    /// <summary>Checks that something holds for every value.</summary>
    internal static void ForAll<T>(Arbitrary<T> values, Action<T> check, int runs = 200) =>
        FsCheck.Fluent.Prop.ForAll(values, check).Explore(Runs.WithMaxTest(runs));

    /// <summary>Checks that something holds for every source of randomness.</summary>
    internal static void ForAnyRandom(Action<Random> check, int runs = 60) =>
        ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check(new Random(seed)), runs);

    /// <summary>Runs a check with seeds; one that fails is told with the command that plays it again.</summary>
    internal static void Explore(Action<int> check)
    {
        var test = TestContext.CurrentContext.Test;
        Assert.That(test.AllCategories(), Does.Contain("Fuzz"), "A test with random input is marked with [Fuzz]: else no exploration reaches it.");
        if (string.IsNullOrWhiteSpace(Asked))
        {
            Run(check, FixedSeed);
        }
        else if (int.TryParse(Asked, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            Run(check, seed);
        }
        else
        {
            var share = Share(TimeOf(Asked));
            var seeds = 0;
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < share; seeds++) Run(check, Random.Shared.Next());
            TestContext.Out.WriteLine($"{seeds} fresh seeds in {share.TotalSeconds:0} s.");
        }
    }

    private static void Run(Action<int> check, int seed)
    {
        try
        {
            check(seed);
        }
        catch (Exception error)
        {
            throw new AssertionException(
                $"Seed {seed}. To play it again: {Variable}={seed} dotnet test Talo.Reactive.Tests --filter \"{Filter}\"\n{error.Message}", error);
        }
    }

    private static string Filter => "FullyQualifiedName~" + string.Join('.', TestContext.CurrentContext.Test.ClassName, TestContext.CurrentContext.Test.MethodName);

    private static Replay ReplayOf(int seed) =>
        new(new Rnd((ulong)seed, ((ulong)seed << 1) | 1), Microsoft.FSharp.Core.FSharpOption<int>.None);

    private static TimeSpan TimeOf(string text)
    {
        var isNumber = double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        return (isNumber ? text[^1] : ' ') switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            _ => throw new AssertionException($"{Variable} is {text}: give a time, such as 90s, 10m or 1h, or the number of a seed."),
        };
    }

    /// <summary>The part of the time that the current test may take.</summary>
    private static TimeSpan Share(TimeSpan all)
    {
        var weights = typeof(Exploration).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Select(static method => (Method: method, Fuzz: FuzzOf(method)))
            .Where(static x => x.Fuzz is not null && IsTest(x.Method))
            .ToDictionary(static x => x.Method.DeclaringType!.FullName + "." + x.Method.Name, static x => x.Fuzz!.Weight);
        var current = TestContext.CurrentContext.Test;
        var share = all * weights.GetValueOrDefault(current.ClassName + "." + current.MethodName, 1) / weights.Values.Sum();
        return share < Longest ? share : Longest;
    }

    private static FuzzAttribute? FuzzOf(MethodInfo method) =>
        method.GetCustomAttribute<FuzzAttribute>() ?? method.DeclaringType!.GetCustomAttribute<FuzzAttribute>();

    private static bool IsTest(MethodInfo method) => method.IsDefined(typeof(NUnitAttribute), inherit: true);
}
