using System;
using System.Linq;
using System.Text;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Outbound;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Outbound;

public sealed class SendLaneTests
{
    private const int Ada = 105;
    private const int Grace = 106;

    private SendLane lane = null!;

    [SetUp]
    public void Make() => lane = new SendLane(new ScriptedLink(new TestScheduler().StartAt(DateTimeOffset.UnixEpoch)), new PacingOptions());

    [Test]
    public void Echoes_MatterWhileAFrameIsOpen()
    {
        Assert.That(IsEcho(Ada), Is.False);

        lane.BeginTracking(Ada);
        var first = lane.InFlight.Add(Ada, 41, "ahoy", null!);
        lane.InFlight.Add(Ada, 41, "again", null!);
        lane.InFlight.TryEcho(Ada, 41, "again", out _);
        lane.EndTracking();
        Assert.That(IsEcho(Ada), Is.True, "one is open");

        lane.InFlight.Expire(first);
        lane.EndTracking();
        Assert.That(IsEcho(Ada), Is.True, "its echo may still come, and would else be taken for another's");

        lane.InFlight.TryEcho(Ada, 41, "ahoy", out _);
        lane.EndTracking();
        Assert.That(IsEcho(Ada), Is.False);
    }

    [Test]
    public void WhatOthersSay_IsNoEcho()
    {
        lane.BeginTracking(Ada);
        Assert.That((IsEcho(Ada), IsEcho(Grace)), Is.EqualTo((true, false)));
    }

    [Test]
    public void AnotherAliasOnTheLink_EchoesOfBothMatter()
    {
        lane.BeginTracking(Ada);
        lane.BeginTracking(Grace);
        Assert.That((IsEcho(Ada), IsEcho(Grace)), Is.EqualTo((true, true)));

        lane.EndTracking();
        lane.BeginTracking(Grace);
        Assert.That((IsEcho(Ada), IsEcho(Grace)), Is.EqualTo((false, true)), "the frames of the one before are settled");
    }

    [Test]
    public void WithoutEchoes_WhatNobodyWaitsFor_IsBounded_AndTheOldestGoFirst()
    {
        const int most = 4096;
        var at = DateTimeOffset.UnixEpoch;
        var frames = Enumerable.Range(0, most + 1).Select(i =>
        {
            lane.ExpireUnawaited(at);
            var frame = lane.InFlight.Add(Ada, 41, $"{i}", null!);
            lane.Unawaited.Enqueue((frame, at.AddSeconds(10)));
            return frame;
        }).ToArray();

        Assert.That(frames.Count(static x => x.IsAwaited), Is.EqualTo(most));
        Assert.That(frames[0].IsAwaited, Is.False);
    }

    [Test]
    public void WhatNobodyWaitsFor_IsGivenUpInTime()
    {
        var at = DateTimeOffset.UnixEpoch;
        var frame = lane.InFlight.Add(Ada, 41, "ahoy", null!);
        lane.Unawaited.Enqueue((frame, at.AddSeconds(10)));

        lane.ExpireUnawaited(at.AddSeconds(9));
        Assert.That(frame.IsAwaited, Is.True);
        lane.ExpireUnawaited(at.AddSeconds(10));
        Assert.That(frame.IsAwaited, Is.False);
    }

    private bool IsEcho(int alias) =>
        lane.MayBeEcho(Encoding.UTF8.GetBytes($$$"""{"channel":{"id":41},"message":"ahoy","playerAlias":{"id":{{{alias}}}}}"""));
}
