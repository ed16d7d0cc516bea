using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Testing;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.Presences;

/// <summary>The own player is marked offline while it is there: what the client does about it, and what it leaves alone.</summary>
public sealed class GhostTests
{
    private PlayedSession _session = null!;
    private PresenceServer _server = null!;

    private ScriptedPlayer Ada => _session.Server.Player("ada");

    private List<string> Puts => _session.Server.Http.CallsTo("PUT", "/v1/players/presence")
        .Select(x => System.Text.Encoding.UTF8.GetString(x.Call.Body!.Value.Span)).ToList();

    [SetUp]
    public void Begin()
    {
        _session = new PlayedSession();
        _server = new PresenceServer(_session.Server, _session.Scheduler);
        _session.Connected().Identified();
    }

    [TearDown]
    public void End() => _session.Dispose();

    [Test]
    public void LateEndOfTheOldLink_IsHealed()
    {
        _server.Lose(_session.Server.Session);
        _session.Advance(59);
        Assert.That(_session.Talo.Socket.IsIdentified, Is.True);
        Assert.That(Puts, Is.Empty, "identify has set online");
        _session.Advance(2);
        Assert.That(Puts, Is.EqualTo(new[] { """{"online":true}""" }));
        Assert.That(_server[Ada].Online, Is.True);
        _session.Advance(600);
        Assert.That(Puts, Has.Count.EqualTo(1));
        Assert.That(_session.Faults, Is.Empty);
    }

    [Test]
    public void SecondOffline_ForTheSameLink_IsLeft()
    {
        _server.Lose(_session.Server.Session);
        _session.Advance(61);
        _server.Set(Ada, online: false);
        _session.Advance(600);
        Assert.That(Puts, Has.Count.EqualTo(1));
        Assert.That(_server[Ada].Online, Is.False);
    }

    [Test]
    public void NoLinkEnded_AnotherDeviceDidIt_AndIsLeft()
    {
        _server.Set(Ada, online: false);
        _session.Advance(600);
        Assert.That(Puts, Is.Empty);
    }

    [Test]
    public void LinkEndedLongAgo_IsLeft_AndNothingIsDecodedAnyMore()
    {
        _server.NoticesAfter = TimeSpan.FromHours(1);
        _server.Lose(_session.Server.Session);
        _session.Advance(91);
        _server.Set(Ada, online: false);
        _session.Server.Link.ReceiveMessage("v1.players.presence.updated", new { presence = 7 });
        _session.Advance(60);
        Assert.That(Puts, Is.Empty);
        Assert.That(_session.Faults, Is.Empty);
    }

    [Test]
    public void AnotherPlayersOffline_IsLeft()
    {
        _server.Lose(_session.Server.Session);
        _session.Advance(10);
        _server.Set(_session.Server.Player("grace"), online: false);
        _session.Settle();
        Assert.That(Puts, Is.Empty);
    }

    [Test]
    public void TwoLinksEnded_OnePutForEach()
    {
        _server.Lose(_session.Server.Session);
        _session.Advance(20);
        _server.Lose(_session.Server.Session);
        _session.Advance(300);
        Assert.That(Puts, Has.Count.EqualTo(2));
        Assert.That(_server[Ada].Online, Is.True);
    }

    [Test]
    public void GameSetOffline_StaysOffline_OverAReconnect_WithOneCall()
    {
        _session.Talo.PlayerPresence.SetOnlineAsync(false);
        _session.Settle();
        Assert.That(_server[Ada].Online, Is.False);
        _server.Lose(_session.Server.Session);
        _session.Advance(20);
        Assert.That(_session.Talo.Socket.IsIdentified, Is.True);
        Assert.That(_server[Ada].Online, Is.False);
        _session.Advance(300);
        Assert.That(Puts, Is.EqualTo(new[] { """{"online":false}""", """{"online":false}""" }), "the game's, and one after identify");
    }

    [Test]
    public void GameSetOnlineAgain_TheGhostIsHealedAgain()
    {
        _session.Talo.PlayerPresence.SetOnlineAsync(false);
        _session.Settle();
        _session.Talo.PlayerPresence.SetOnlineAsync(true);
        _session.Settle();
        _server.Lose(_session.Server.Session);
        _session.Advance(300);
        Assert.That(Puts, Has.Count.EqualTo(3));
        Assert.That(_server[Ada].Online, Is.True);
    }

    [Test]
    public void OwnOfflineThatIsStillOnItsWay_IsNoGhost()
    {
        _server.NoticesAfter = TimeSpan.FromHours(1);
        _server.Lose(_session.Server.Session);
        _session.Advance(10);
        _session.Server.Latency = TimeSpan.FromSeconds(2);
        _session.Talo.PlayerPresence.SetOnlineAsync(false);
        _session.Advance(1);
        _session.Talo.PlayerPresence.SetOnlineAsync(true);
        _session.Advance(60);
        Assert.That(Puts, Is.EqualTo(new[] { """{"online":false}""", """{"online":true}""" }));
    }

    [Test]
    public void SettingOfflineFailed_TheGhostIsHealed()
    {
        _session.Server.Http.On("PUT", "/v1/players/presence").ReplyOnce(403, """{"message":"no"}""");
        var call = _session.Talo.PlayerPresence.SetOnlineAsync(false);
        _session.Settle();
        Assert.That(PlayedSession.Error(call), Is.TypeOf<TaloException>());
        _server.Lose(_session.Server.Session);
        _session.Advance(300);
        Assert.That(Puts.Skip(1), Is.EqualTo(new[] { """{"online":true}""" }));
    }

    [Test]
    public void HealingRefused_IsAFault_AndNotTriedAgain()
    {
        _session.Server.Http.On("PUT", "/v1/players/presence").Reply(403, """{"message":"Missing access key scope(s): write:playerPresence"}""");
        _server.Lose(_session.Server.Session);
        _session.Advance(300);
        Assert.That(Puts, Has.Count.EqualTo(1));
        Assert.That(_session.Faults.Single().Kind, Is.EqualTo(TaloFaultKind.BackgroundCallFailed));
        Assert.That(_session.Faults.Single().Text, Does.Contain("write:playerPresence"));
    }

    [Test]
    public void HealingHeldBack_IsGivenUp_WhenAnotherDeviceWasQuicker()
    {
        // The budget of the client's own calls is paused by a 429.
        _session.Server.Http.On("GET", "/v1/players/presence/*").ReplyOnce(429, "");
        _server.Lose(_session.Server.Session);
        _session.Advance(55);
        _session.Talo.PlayerPresence.GetAsync(Ada.PlayerId);
        _session.Advance(10);
        Assert.That(_server[Ada].Online, Is.False);
        _server.Set(Ada, online: true);
        _session.Settle();
        _server.Set(Ada, online: false);
        _session.Advance(600);
        Assert.That(Puts, Is.Empty);
    }

    [Test]
    public void AnotherPlayerPlays_TheOldOnesGhostIsLeft()
    {
        _server.Lose(_session.Server.Session);
        _session.Advance(5);
        _session.Identified("grace");
        _session.Advance(300);
        Assert.That(Puts, Is.Empty);
    }

    [Test]
    public void Disposed_NothingIsLeftRunning()
    {
        _server.Lose(_session.Server.Session);
        _session.Advance(5);
        _session.Talo.Dispose();
        _session.Advance(300);
        Assert.That(Puts, Is.Empty);
    }
}
