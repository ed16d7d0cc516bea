using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Testing;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.Presences;

public sealed class PresenceTests
{
    private PlayedSession _session = null!;
    private PresenceServer _server = null!;
    private List<string> _heard = null!;

    private TaloPlayerPresence Presence => _session.Talo.PlayerPresence;

    private ScriptedPlayer Ada => _session.Server.Player("ada");

    private ScriptedPlayer Grace => _session.Server.Player("grace");

    private int Gets => _session.Server.Http.CallsTo("GET", "/v1/players/presence/*").Count;

    [SetUp]
    public void Begin()
    {
        _session = new PlayedSession();
        _server = new PresenceServer(_session.Server, _session.Scheduler);
        _heard = [];
        _session.Connected().Identified();
    }

    [TearDown]
    public void End() => _session.Dispose();

    [Test]
    public void OnlineAndStatus_AreSetApart_AndTogether()
    {
        Presence.SetCustomStatusAsync("in the \"lobby\"");
        Presence.SetOnlineAsync(false);
        Presence.UpdateAsync(true, "");
        _session.Settle();
        Assert.That(
            _session.Server.Http.CallsTo("PUT", "/v1/players/presence").Select(x => System.Text.Encoding.UTF8.GetString(x.Call.Body!.Value.Span)),
            Is.EqualTo(new[] { """{"customStatus":"in the \"lobby\""}""", """{"online":false}""", """{"online":true,"customStatus":""}""" }));
    }

    [Test]
    public void Update_AnswersWithWhatTheServerHas()
    {
        Presence.SetCustomStatusAsync("afk");
        var call = Presence.SetOnlineAsync(false);
        _session.Settle();
        Assert.That((PlayedSession.Result(call).Online, call.Result.CustomStatus), Is.EqualTo((false, "afk")));
    }

    [Test]
    public void NonsenseIsRefused_BeforeAnythingIsSent()
    {
        Assert.That(() => Presence.UpdateAsync(), Throws.ArgumentException.With.Message.Contains("online"));
        Assert.That(() => Presence.SetCustomStatusAsync(null!), Throws.ArgumentNullException);
        Assert.That(() => Presence.SetCustomStatusAsync("half \ud83d"), Throws.ArgumentException);
        Assert.That(() => Presence.GetAsync(" "), Throws.ArgumentException);
        Assert.That(() => Presence.Of(""), Throws.ArgumentException);
        Assert.That(() => Presence.Of(new PlayerAlias()), Throws.ArgumentException);
        _session.Talo.Players.ClearIdentity();
        Assert.That(
            () => Presence.SetOnlineAsync(true),
            Throws.TypeOf<TaloException>().With.Message.StartsWith("SetOnlineAsync").And.Message.Contains("IdentifyAsync"));
        Assert.That(_session.Server.Http.CallsTo("PUT", "/v1/players/presence"), Is.Empty);
    }

    [Test]
    public void Get_OfAPlayerWithoutPresence_IsOffline()
    {
        _session.Server.Http.On("GET", "/v1/players/presence/*")
            .Reply(200, """{"presence":{"playerAlias":null,"online":false,"customStatus":"","updatedAt":"2026-03-02T18:25:00.000Z"}}""");
        var call = Presence.GetAsync("a b/c");
        _session.Settle();
        Assert.That((PlayedSession.Result(call).Online, call.Result.PlayerAlias), Is.EqualTo((false, (PlayerAlias?)null)));
        Assert.That(_session.Server.Http.Calls[^1].Call.Address.AbsolutePath, Does.EndWith("/a%20b%2Fc"));
    }

    [Test]
    public void Changes_SayWhatReallyChanged()
    {
        using var _ = Presence.Changes.Subscribe(x => _heard.Add($"{x.Presence.PlayerAlias!.Identifier} {x.Presence} {x.OnlineChanged} {x.CustomStatusChanged}"));
        _server.Set(Grace, online: true);
        _server.Set(Grace, status: "afk");
        _server.Set(Grace, online: false);
        _session.Settle();
        Assert.That(_heard, Is.EqualTo(new[] { "grace online True True", "grace online: afk False True", "grace offline: afk True False" }));
    }

    [Test]
    public void Of_IsTheSnapshot_ThenTheEvents_OfThatPlayerOnly()
    {
        _server.Set(Grace, online: true);
        _session.Settle();
        Watch();
        Watch();
        _session.Settle();
        _server.Set(Grace, status: "afk");
        _server.Set(Grace, status: "afk");
        _server.Set(Ada, status: "busy");
        _session.Settle();
        Assert.That(_heard, Is.EqualTo(new[] { "online", "online", "online: afk", "online: afk" }));
        Assert.That(Gets, Is.EqualTo(1));
        Watch();
        Assert.That(_heard.Skip(4), Is.EqualTo(new[] { "online: afk" }), "a later observer hears the last");
    }

    [Test]
    public void Of_EventWhileTheSnapshotIsOnItsWay_Wins()
    {
        _session.Server.Http.Latency = TimeSpan.FromSeconds(1);
        _session.Server.Http.On("GET", "/v1/players/presence/*").Reply(200, """{"presence":{"online":false,"customStatus":"old"}}""");
        Watch();
        _session.Settle();
        _server.Set(Grace, online: true);
        _session.Advance(5);
        Assert.That(_heard, Is.EqualTo(new[] { "online" }));
    }

    [Test]
    public void Of_AsksAgain_WhenThePlayerIsIdentifiedAgain()
    {
        Watch();
        _session.Settle();
        _session.Server.Link.Lose();
        _session.Settle();
        _server.Set(Grace, online: true);
        _session.Advance(5);
        Assert.That(_heard, Is.EqualTo(new[] { "offline", "online" }));
        Assert.That(Gets, Is.EqualTo(2));
    }

    [Test]
    public void Of_NoSuchPlayer_EndsWithTheError()
    {
        Presence.Of("nobody").Subscribe(_ => _heard.Add("value"), error => _heard.Add($"{((TaloException)error).Status}"));
        _session.Settle();
        Assert.That(_heard, Is.EqualTo(new[] { "404" }));
    }

    [Test]
    public void Of_LeftWhileTheServerIsAsked_AsksNoMore()
    {
        _session.Server.Http.On("GET", "/v1/players/presence/*").Reply(503, "");
        Watch().Dispose();
        _session.Advance(300);
        Assert.That(Gets, Is.LessThanOrEqualTo(1));
        Assert.That(_heard, Is.Empty);
    }

    [Test]
    public void Dispose_CompletesAll()
    {
        Presence.Changes.Subscribe(_ => { }, () => _heard.Add("changes over"));
        Watch();
        _session.Settle();
        _session.Talo.Dispose();
        Assert.That(_heard, Is.EquivalentTo(new[] { "offline", "changes over", "over" }));
    }

    private IDisposable Watch() => Presence.Of(_session.Server.Player("grace").PlayerId).Subscribe(
        x => _heard.Add(x.ToString()), error => _heard.Add("error"), () => _heard.Add("over"));
}
