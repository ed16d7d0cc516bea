using System;
using System.Linq;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Channels.Memberships;

/// <summary>Membership that ends by going offline, after the connection and not the player went.</summary>
public sealed class TemporaryChannelTests
{
    [Test]
    public void AfterAReconnect_TheClientGoesBack_OncePerLink()
    {
        using var played = new PlayedMembership().Joined();
        played.LoseLink();
        Assert.That(played.Calls, Is.EqualTo("join join"));
        played.Session.Advance(300);
        Assert.That(played.Calls, Is.EqualTo("join join"));
        played.LoseLink();
        Assert.That(played.Calls, Is.EqualTo("join join join"));
        Assert.That(played.Lost, Is.Empty);
    }

    [Test]
    public void LastingMembership_IsLeftAlone()
    {
        using var played = new PlayedMembership(temporary: false).Joined();
        played.LoseLink();
        Assert.That(played.Calls, Is.EqualTo("join"));
    }

    [Test]
    public void ChannelThatBecameTemporary_IsGoneBackTo()
    {
        using var played = new PlayedMembership(temporary: false).Joined();
        played.Temporary = true;
        played.Tell("updated", new { changedProperties = new[] { "temporaryMembership" } });
        played.LoseLink();
        Assert.That(played.Calls, Is.EqualTo("join join"));
    }

    [Test]
    public void InvitedPlayer_GoesBackToo()
    {
        using var played = new PlayedMembership();
        played.Tell("player-joined", new { playerAlias = new { id = played.Alias } });
        played.LoseLink();
        Assert.That(played.Calls, Is.EqualTo("join"));
    }

    [Test]
    public void InvitedPlayer_TakenOutByTheGhostOfTheLastLink_GoesBackOnceMore()
    {
        using var played = new PlayedMembership();
        played.Tell("player-joined", new { playerAlias = new { id = played.Alias } });
        played.LoseLink();
        played.TellLeft(1);
        Assert.That(played.Calls, Is.EqualTo("join join"));
        played.TellLeft(1);
        Assert.That(played.Calls, Is.EqualTo("join join"));
        Assert.That(played.Lost.Single().Cause, Is.EqualTo(ChannelMembershipLossCause.TakenOffline));
    }

    [Test]
    public void MembershipThatOnlyTheServerToldOf_EndsOnTheSameLink_IsToldAndNotGoneBackTo()
    {
        using var played = new PlayedMembership();
        for (var i = 0; i < 3; i++)
        {
            played.Tell("player-joined", new { playerAlias = new { id = played.Alias } });
            played.TellLeft(1);
        }

        Assert.That(played.Calls, Is.Empty);
        Assert.That(played.Lost.Select(x => (x.Channel.Id, x.Channel.Name, x.Cause)), Is.EqualTo(Enumerable.Repeat((41, "harbour", ChannelMembershipLossCause.TakenOffline), 3)));
    }

    [Test]
    public void ManyEndsOfMembershipsThatNobodyKnows_LeadToNoCall()
    {
        using var played = new PlayedMembership();
        for (var id = 1; id <= 2000; id++) TellOf(played, id, "player-left");
        played.Session.Advance(120);
        Assert.That(played.Session.Server.Http.CallsTo("POST", "/v1/game-channels/*/join"), Is.Empty);
    }

    [Test]
    public void MoreInvitationsThanAreKept_TheOldestAreForgotten_AndThatIsToldOnce()
    {
        using var played = new PlayedMembership();
        var http = played.Session.Server.Http;
        http.On("POST", "/v1/game-channels/*/join").Reply(403, new { message = "no" });
        for (var id = 1000; id < 1300; id++) TellOf(played, id, "player-joined");
        Assert.That(played.Session.Faults.Select(x => (x.Kind, x.Where)), Is.EqualTo(new[] { (TaloFaultKind.LimitReached, "Channels.MembershipLost") }));
        Assert.That(played.Session.Faults[0].Text, Does.Contain("256").And.Contain("(channel 1000)").And.Contain("JoinAsync"));

        played.LoseLink();
        played.Session.Advance(600);
        Assert.That(
            http.CallsTo("POST", "/v1/game-channels/*/join").Select(x => x.Call.Address.AbsolutePath),
            Is.EquivalentTo(Enumerable.Range(1044, 256).Select(id => $"/v1/game-channels/{id}/join")));
        Assert.That(played.Lost, Has.Count.EqualTo(256));
    }

    [Test]
    public void ChannelsThatTheGameJoined_AreNotForgottenForInvitations()
    {
        using var played = new PlayedMembership().Joined();
        for (var id = 1000; id < 1300; id++) TellOf(played, id, "player-joined");
        played.LoseLink();
        Assert.That(played.Calls, Is.EqualTo("join join"));
    }

    [Test]
    public void ManyChannelsToGoBackTo_KeepNothingElseWaiting()
    {
        using var played = new PlayedMembership();
        var http = played.Session.Server.Http;
        http.On("POST", "/v1/game-channels/*/join").Reply(403, new { message = "no" });
        http.On("GET", "/v1/game-config").Reply(200, new { config = new[] { new { key = "xpRate", value = "2" } } });
        for (var id = 1000; id < 1256; id++) TellOf(played, id, "player-joined");
        played.LoseLink();
        var config = new System.Collections.Generic.List<LiveConfig>();
        using var observed = played.Session.Talo.LiveConfig.Current.Subscribe(x => config.Add(x));
        played.Session.Advance(61);
        Assert.That(config, Has.Count.EqualTo(1), "one call a minute later at most");
    }

    [Test]
    public void TheGhostOfTheLastLink_TakesThePlayerOut_AndTheClientGoesBack()
    {
        using var played = new PlayedMembership().Joined();
        played.LoseLink();
        Assert.That(played.Calls, Is.EqualTo("join join"));
        played.Session.Advance(40);
        played.TellLeft(1);
        Assert.That(played.Calls, Is.EqualTo("join join join"));
        Assert.That(played.Lost, Is.Empty);
    }

    [Test]
    public void TakenOutAgainOnTheSameLink_IsTold_AndNotFoughtOver()
    {
        using var played = new PlayedMembership().Joined();
        played.TellLeft(1);
        Assert.That(played.Calls, Is.EqualTo("join join"));
        played.TellLeft(1);
        played.Session.Advance(60);
        Assert.That(played.Calls, Is.EqualTo("join join"));
        Assert.That(played.Lost.Select(x => (x.Channel.Id, x.Cause, x.Error)), Is.EqualTo(new[] { (41, ChannelMembershipLossCause.TakenOffline, (TaloException?)null) }));
        played.LoseLink();
        Assert.That(played.Calls, Is.EqualTo("join join"), "it is no member any more");
    }

    [Test]
    public void SomebodyElseWentOffline_IsNoneOfOurs()
    {
        using var played = new PlayedMembership().Joined();
        played.TellLeft(1, alias: 999);
        Assert.That(played.Calls, Is.EqualTo("join"));
    }

    [Test]
    public void OfflineByTheGamesChoice_EndsIt()
    {
        using var played = new PlayedMembership().Joined();
        using var observed = played.Observe();
        played.Session.Settle();
        played.Session.Talo.Channels.IsOfflineByChoice = static () => true;
        played.TellLeft(1);
        played.LoseLink();
        Assert.That(played.Calls, Is.EqualTo("join join"), "by hand, and by Joined()");
        Assert.That(played.Heard, Is.EqualTo(new[] { "harbour", "|" }));
        Assert.That(played.Lost, Is.Empty);
    }

    [TestCase(403, ChannelMembershipLossCause.Refused, TestName = "PrivateChannel_IsLost_AndNotTriedAgain")]
    [TestCase(404, ChannelMembershipLossCause.Deleted, TestName = "DeletedChannel_IsLost_AndNotTriedAgain")]
    [TestCase(400, ChannelMembershipLossCause.Refused, TestName = "AnyOtherLastingRefusal_IsLost_AndNotTriedAgain")]
    public void Refused(int status, ChannelMembershipLossCause cause)
    {
        using var played = new PlayedMembership();
        using var observed = played.Observe();
        played.Session.Settle();
        played.Refuse(status);
        played.LoseLink();
        played.Session.Advance(300);
        played.LoseLink();
        Assert.That(played.Calls, Is.EqualTo("join join"));
        Assert.That(played.Lost.Select(x => (x.Channel.Name, x.Cause, x.Error!.Status)), Is.EqualTo(new[] { ("harbour", cause, (int?)status) }));
        Assert.That(played.Heard, Is.EqualTo(new[] { "harbour", $"!{status}" }));
    }

    [Test]
    public void Ownership_IsToldAsLost_ThoughThePlayerIsInsideAgain()
    {
        using var played = new PlayedMembership();
        played.Owner = played.Alias;
        using var observed = played.Observe();
        played.Session.Settle();
        played.Owner = null;
        played.LoseLink();
        Assert.That(played.Lost.Single(), Is.EqualTo(new ChannelMembershipLost
        {
            Channel = new Channel { Id = 41, Name = "harbour", TemporaryMembership = true },
            Cause = ChannelMembershipLossCause.OwnershipLost,
        }));
        Assert.That(played.Heard, Is.EqualTo(new[] { "harbour", "harbour" }));
        played.LoseLink();
        Assert.That(played.Lost, Has.Count.EqualTo(1));
        Assert.That(played.Calls, Is.EqualTo("join join join"));
    }

    [Test]
    public void PassingTrouble_IsWaitedOut()
    {
        using var played = new PlayedMembership().Joined();
        played.RefuseOnce(503);
        played.RefuseOnce(500);
        played.LoseLink();
        played.Session.Advance(10);
        Assert.That(played.Calls, Is.EqualTo("join join join join"));
        Assert.That(played.Lost, Is.Empty);
    }

    [Test]
    public void LinkLostWhileItWaits_StartsAnewOnTheNext()
    {
        using var played = new PlayedMembership().Joined();
        played.RefuseOnce(429, ("retry-after", "60"));
        played.LoseLink();
        played.Session.Advance(10);
        played.LoseLink();
        played.Session.Advance(120);
        Assert.That(played.Calls, Is.EqualTo("join join join"), "the wait of the link before is given up");
    }

    [Test]
    public void TakenOutWhileGoingBack_GoesBackOnceMore()
    {
        using var played = new PlayedMembership().Joined();
        played.Session.Server.Http.On("POST", "/v1/game-channels/41/join").After(TimeSpan.FromSeconds(5)).Reply(_ => Talo.Reactive.Testing.ScriptedReply.Json(200, new { channel = played.Channel() }));
        played.LoseLink();
        played.TellLeft(1);
        Assert.That(played.Calls, Is.EqualTo("join join"), "one at a time");
        played.Session.Advance(10);
        Assert.That(played.Calls, Is.EqualTo("join join join"));
    }

    [Test]
    public void LeftByTheGame_IsNotGoneBackTo()
    {
        using var played = new PlayedMembership().Joined();
        _ = played.Session.Talo.Channels.LeaveAsync(41);
        played.Session.Settle();
        played.LoseLink();
        Assert.That(played.Calls, Is.EqualTo("join leave"));
    }

    [Test]
    public void Deleted_IsNotGoneBackTo()
    {
        using var played = new PlayedMembership().Joined();
        played.Tell("deleted");
        played.LoseLink();
        Assert.That(played.Calls, Is.EqualTo("join"));
        Assert.That(played.Lost, Is.Empty);
    }

    [Test]
    public void AnotherPlayer_ForgetsThem()
    {
        using var played = new PlayedMembership().Joined();
        played.Session.Identified("grace");
        played.LoseLink();
        Assert.That(played.Calls, Is.EqualTo("join"));
        played.Session.Identified("ada");
        played.LoseLink();
        Assert.That(played.Calls, Is.EqualTo("join"));
    }

    [Test]
    public void SwitchedOff_NothingIsGoneBackTo_AndJoinedCompletes()
    {
        using var played = new PlayedMembership(x => x.ChannelMembership.RejoinTemporary = false);
        using var observed = played.Observe();
        played.Session.Settle();
        played.LoseLink();
        played.TellLeft(1);
        Assert.That(played.Calls, Is.EqualTo("join"));
        Assert.That(played.Heard, Is.EqualTo(new[] { "harbour", "|" }));
    }

    [Test]
    public void ManyChannels_GoThroughTheBudgetOfTheClientsOwnCalls()
    {
        using var played = new PlayedMembership(x => x.BackgroundCalls.DefaultPerMinute = 10);
        var http = played.Session.Server.Http;
        for (var id = 100; id < 125; id++)
        {
            http.On("POST", $"/v1/game-channels/{id}/join").Reply(200, new { channel = new { id, temporaryMembership = true } });
            _ = played.Session.Talo.Channels.JoinAsync(id);
        }

        played.Session.Advance(70);
        var before = http.Calls.Count;
        played.LoseLink();
        int Rejoins() => http.Calls.Skip(before).Count(x => x.Call.Address.AbsolutePath.EndsWith("/join", StringComparison.Ordinal));
        Assert.That(Rejoins(), Is.EqualTo(10));
        played.Session.Advance(61);
        Assert.That(Rejoins(), Is.EqualTo(20));
        played.Session.Advance(61);
        Assert.That(Rejoins(), Is.EqualTo(25));
    }

    private static void TellOf(PlayedMembership played, int id, string kind)
    {
        played.Session.Server.Link.ReceiveMessage("v1.channels." + kind, new
        {
            channel = new { id, name = "", temporaryMembership = true },
            playerAlias = new { id = played.Alias },
            meta = new { reason = 1 },
        });
        played.Session.Settle();
    }
}
