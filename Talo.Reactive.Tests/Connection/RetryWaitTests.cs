using System;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Talo.Reactive.Connection;
using Talo.Reactive.Http;

namespace Talo.Reactive.Tests.Connection;

/// <summary>The one wait of all retries.</summary>
public sealed class RetryWaitTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithReplay(20268, 37).WithMaxTest(2000);

    private static Settings With(TimeSpan initial, TimeSpan max, TimeSpan jitter, double random)
    {
        var options = new TaloClientOptions { AccessKey = "key-of-the-game-0123456789", ApiUrl = "https://talo.test", Random = () => random };
        (options.Reconnect.InitialDelay, options.Reconnect.MaxDelay, options.Reconnect.RateLimitJitter) = (initial, max, jitter);
        return new Settings(options);
    }

    [Test]
    public void AnyFailure_WaitsAsLongAsAsked_AndNoLongerThanItsBounds()
    {
        var cases = from failures in ArbMap.Default.GeneratorFor<int>()
                    from asked in ArbMap.Default.GeneratorFor<TimeSpan?>()
                    from status in Gen.Elements<int?>(null, 200, 404, 429, 503)
                    from initial in Gen.Choose(0, 3_600_000)
                    from more in Gen.Choose(0, 80_000_000)
                    from jitter in Gen.Choose(0, 3_600_000)
                    from random in Gen.Choose(0, 1000)
                    select (failures, asked, status, initial, more, jitter, random);
        FsCheck.Fluent.Prop.ForAll(cases.ToArbitrary(), static c =>
        {
            var (max, jitter) = (TimeSpan.FromMilliseconds(c.initial + c.more), TimeSpan.FromMilliseconds(c.jitter));
            var settings = With(TimeSpan.FromMilliseconds(c.initial), max, jitter, c.random / 1000.0);
            var asked = RetryAfter.Of(new TaloException("no") { Status = c.status, RetryAfter = c.asked });
            var wait = RetryPolicy.Wait(c.failures, asked, settings);
            var longest = asked is { } least && least + jitter > max ? least + jitter : max;
            return (asked is not null) == (c.asked is not null || c.status == 429)
                && asked is null or { TotalMinutes: >= 0 and <= 10 }
                && wait >= (asked ?? TimeSpan.Zero) && wait <= longest;
        }).Check(Runs);
    }

    [TestCase(-5, 0)]
    [TestCase(0, 0)]
    [TestCase(599, 599)]
    [TestCase(100_000, 600)]
    public void AFailureThatNoServerSent_IsBoundedToo(double seconds, double expected)
    {
        var error = new TaloException("of a transport of the game's own") { RetryAfter = TimeSpan.FromSeconds(seconds) };
        Assert.That(RetryAfter.Of(error)!.Value.TotalSeconds, Is.EqualTo(expected));
        Assert.That(RetryAfter.Of(new InvalidOperationException()), Is.Null);
        Assert.That(RetryAfter.Of(null), Is.Null);
    }
}
