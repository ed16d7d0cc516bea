using System;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Channels.Memberships;

/// <summary><c>In(id).Joined()</c>: a membership for as long as somebody observes it.</summary>
public sealed class JoinedTests
{
    [Test]
    public void FirstObserver_Joins_AndTheLastLeavesAfterAGrace()
    {
        using var played = new PlayedMembership(temporary: false);
        var joined = played.Session.Talo.Channels.In(41).Joined();
        Assert.That(played.Calls, Is.Empty, "it is cold");
        var first = joined.Subscribe();
        played.Session.Settle();
        var second = played.Observe("b:");
        Assert.That(played.Heard, Is.EqualTo(new[] { "b:harbour" }), "a later one hears the channel at once");
        first.Dispose();
        second.Dispose();
        played.Session.Advance(4.9);
        Assert.That(played.Calls, Is.EqualTo("join"));
        played.Session.Advance(0.2);
        Assert.That(played.Calls, Is.EqualTo("join leave"));
    }

    [Test]
    public void ObserverWithinTheGrace_KeepsTheMembership()
    {
        using var played = new PlayedMembership(x => x.ChannelMembership.LeaveGrace = TimeSpan.FromSeconds(2));
        played.Observe().Dispose();
        played.Session.Advance(1.9);
        using var again = played.Observe("b:");
        played.Session.Advance(60);
        Assert.That(played.Calls, Is.EqualTo("join"));
        Assert.That(played.Heard, Is.EqualTo(new[] { "b:harbour" }));
    }

    [Test]
    public void ChangesOfTheChannel_AreTold()
    {
        using var played = new PlayedMembership();
        using var observed = played.Observe();
        played.Session.Settle();
        played.Name = "port";
        played.Tell("updated", new { changedProperties = new[] { "name" } });
        played.Owner = 7;
        played.Tell("ownership-transferred", new { newOwner = new { id = 7 } });
        Assert.That(played.Heard, Is.EqualTo(new[] { "harbour", "port", "port" }));
    }

    [Test]
    public void Deleted_Completes_AndLeavesNothing()
    {
        using var played = new PlayedMembership();
        using var observed = played.Observe();
        played.Session.Settle();
        played.Tell("deleted");
        played.Session.Advance(60);
        Assert.That(played.Heard, Is.EqualTo(new[] { "harbour", "|" }));
        Assert.That(played.Calls, Is.EqualTo("join"));
        Assert.That(played.Lost, Is.Empty);
    }

    [Test]
    public void LeaveAsync_Completes_AndIsNotDoneTwice()
    {
        using var played = new PlayedMembership();
        using var observed = played.Observe();
        played.Session.Settle();
        _ = played.Session.Talo.Channels.LeaveAsync(41);
        played.TellLeft(0);
        observed.Dispose();
        played.Session.Advance(60);
        Assert.That(played.Heard, Is.EqualTo(new[] { "harbour", "|" }));
        Assert.That(played.Calls, Is.EqualTo("join leave"));
    }

    [Test]
    public void LeftOnAnotherDevice_Completes()
    {
        using var played = new PlayedMembership();
        using var observed = played.Observe();
        played.Session.Settle();
        played.TellLeft(0, alias: 999);
        Assert.That(played.Heard, Is.EqualTo(new[] { "harbour" }), "somebody else left");
        played.TellLeft(0);
        Assert.That(played.Heard, Is.EqualTo(new[] { "harbour", "|" }));
    }

    [Test]
    public void LateTellingOfAnEarlierLeave_DoesNotEndALaterMembership()
    {
        using var played = new PlayedMembership();
        played.Observe().Dispose();
        played.Session.Advance(6);
        Assert.That(played.Calls, Is.EqualTo("join leave"));
        using var observed = played.Observe("b:");
        played.Session.Settle();
        played.TellLeft(0);
        Assert.That(played.Heard, Is.EqualTo(new[] { "b:harbour", "b:harbour" }));
        Assert.That(played.Calls, Is.EqualTo("join leave join join"), "once more, for it might be another device's");
        played.TellLeft(0);
        Assert.That(played.Heard, Is.EqualTo(new[] { "b:harbour", "b:harbour", "b:|" }), "the second is another device's");
    }

    [Test]
    public void LastingRefusal_IsAnError_AndANewObserverTriesAnew()
    {
        using var played = new PlayedMembership();
        played.RefuseOnce(404);
        using var observed = played.Observe();
        played.Session.Settle();
        Assert.That(played.Heard, Is.EqualTo(new[] { "!404" }));
        Assert.That(played.Lost, Is.Empty, "it was never a member");
        using var again = played.Observe();
        played.Session.Settle();
        Assert.That(played.Heard, Is.EqualTo(new[] { "!404", "harbour" }));
    }

    [Test]
    public void PassingTrouble_IsWaitedOut()
    {
        using var played = new PlayedMembership();
        played.RefuseOnce(503);
        played.RefuseOnce(503);
        using var observed = played.Observe();
        played.Session.Advance(0.9);
        Assert.That(played.Calls, Is.EqualTo("join"));
        played.Session.Advance(0.2);
        Assert.That(played.Calls, Is.EqualTo("join join"));
        played.Session.Advance(2.1);
        Assert.That(played.Heard, Is.EqualTo(new[] { "harbour" }));
    }

    [Test]
    public void TooManyRequests_WaitsForWhatTheServerAsks()
    {
        using var played = new PlayedMembership();
        played.RefuseOnce(429, ("retry-after", "60"));
        using var observed = played.Observe();
        played.Session.Advance(59);
        Assert.That(played.Calls, Is.EqualTo("join"));
        played.Session.Advance(32);
        Assert.That(played.Heard, Is.EqualTo(new[] { "harbour" }));
    }

    [Test]
    public void ObserverGoneWhileJoining_LeavesAfterTheAnswer()
    {
        using var played = new PlayedMembership(x => x.ChannelMembership.LeaveGrace = TimeSpan.Zero);
        played.Session.Server.Http.Latency = TimeSpan.FromSeconds(3);
        played.Observe().Dispose();
        played.Session.Advance(1);
        Assert.That(played.Calls, Is.EqualTo("join"), "two calls could overtake each other");
        played.Session.Advance(3);
        Assert.That(played.Calls, Is.EqualTo("join leave"));
        Assert.That(played.Heard, Is.Empty);
    }

    [Test]
    public void ObserverWhileLeaving_JoinsAfterTheAnswer()
    {
        using var played = new PlayedMembership(x => x.ChannelMembership.LeaveGrace = TimeSpan.Zero);
        played.Session.Server.Http.On("POST", "/v1/game-channels/41/leave").After(TimeSpan.FromSeconds(3)).Reply(204, "");
        played.Observe().Dispose();
        played.Session.Settle();
        Assert.That(played.Calls, Is.EqualTo("join leave"));
        using var observed = played.Observe();
        played.Session.Advance(2);
        Assert.That(played.Calls, Is.EqualTo("join leave"));
        played.Session.Advance(2);
        Assert.That(played.Calls, Is.EqualTo("join leave join"));
        Assert.That(played.Heard, Is.EqualTo(new[] { "harbour" }));
    }

    [Test]
    public void JoinAsyncWhileObserved_MakesItLast()
    {
        using var played = new PlayedMembership(temporary: false);
        var observed = played.Observe();
        played.Session.Settle();
        played.Joined();
        observed.Dispose();
        played.Session.Advance(60);
        Assert.That(played.Calls, Is.EqualTo("join join"));
    }

    [Test]
    public void JoinAsyncBefore_IsEndedWithIt()
    {
        using var played = new PlayedMembership(temporary: false).Joined();
        played.Observe().Dispose();
        played.Session.Advance(6);
        Assert.That(played.Calls, Is.EqualTo("join join leave"));
    }

    [Test]
    public void PrivateChannelOfAMember_RefusesToJoinAgain_AndIsJoinedAllTheSame()
    {
        using var played = new PlayedMembership(temporary: false);
        played.Tell("player-joined", new { playerAlias = new { id = played.Alias } });
        played.Refuse(403, "This channel is private");
        using var observed = played.Observe();
        played.Session.Settle();
        Assert.That(played.Heard, Is.EqualTo(new[] { "harbour" }));
    }

    [Test]
    public void AnotherPlayer_Completes_AndLeavesNothing()
    {
        using var played = new PlayedMembership();
        var observed = played.Observe();
        played.Session.Settle();
        played.Session.Talo.Players.ClearIdentity();
        played.Session.Settle();
        observed.Dispose();
        played.Session.Advance(60);
        Assert.That(played.Heard, Is.EqualTo(new[] { "harbour", "|" }));
        Assert.That(played.Calls, Is.EqualTo("join"));
        using var nobody = played.Observe();
        played.Session.Settle();
        Assert.That(played.Heard, Has.Count.EqualTo(3).And.Some.EqualTo("!"));
    }

    [Test]
    public void Dispose_Completes_AndMakesNoCall()
    {
        using var played = new PlayedMembership();
        using var observed = played.Observe();
        played.Session.Settle();
        played.Session.Talo.Dispose();
        Assert.That(played.Heard, Is.EqualTo(new[] { "harbour", "|" }));
        using var late = played.Observe();
        played.Session.Advance(60);
        Assert.That(played.Heard, Is.EqualTo(new[] { "harbour", "|", "|" }));
        Assert.That(played.Calls, Is.EqualTo("join"));
    }

    [Test]
    public void ObserverThatThrows_HarmsNobody_AndIsReported()
    {
        using var played = new PlayedMembership();
        using var bad = played.Session.Talo.Channels.In(41).Joined().SubscribeGuarded(_ => throw new InvalidOperationException("bad"));
        using var good = played.Observe();
        played.Session.Settle();
        played.Tell("updated");
        Assert.That(played.Heard, Has.Count.EqualTo(2));
        Assert.That(played.Session.Faults, Has.Count.EqualTo(2));
    }

    [TestCase(-1)]
    [TestCase(3601)]
    public void Grace_HasBounds(int seconds) => Assert.That(
        () => new PlayedMembership(x => x.ChannelMembership.LeaveGrace = TimeSpan.FromSeconds(seconds)),
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("LeaveGrace"));
}
