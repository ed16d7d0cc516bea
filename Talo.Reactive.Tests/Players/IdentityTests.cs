using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.Players;

/// <summary>Who plays, and what is told of it.</summary>
public sealed class IdentityTests
{
    private static List<string> Told(PlayedSession session)
    {
        var told = new List<string>();
        var players = session.Talo.Players;
        players.IdentificationStarted.Subscribe(x => told.Add($"started {x}"), () => told.Add("end"));
        players.Identified.Subscribe(x => told.Add($"is {x.Identifier}"), () => told.Add("end"));
        players.IdentificationFailed.Subscribe(x => told.Add($"failed {x.Service} {x.Error!.Status}"), () => told.Add("end"));
        players.IdentityCleared.Subscribe(x => told.Add($"was {x.Identifier}"), () => told.Add("end"));
        return told;
    }

    [Test]
    public void Identify_IsTold_BeforeItsTaskEnds()
    {
        using var session = new PlayedSession();
        var told = Told(session);
        session.Talo.Players.IdentifyAsync("username", "ada").ContinueWith(_ => told.Add("task"), System.Threading.Tasks.TaskContinuationOptions.ExecuteSynchronously);
        session.Settle();
        Assert.That(told, Is.EqualTo(new[] { "started username", "is ada", "task" }));
    }

    [TestCase(503)]
    [TestCase(404)]
    [TestCase(429)]
    public void FailedIdentify_IsTold_AndLeavesWhoWasKnown(int status)
    {
        using var session = new PlayedSession().Identified("ada");
        var told = Told(session);
        session.Server.Http.On("GET", "/v1/players/identify").Reply(status, new { message = "no" });
        var identify = session.Talo.Players.IdentifyAsync("steam", "ticket-of-grace");
        session.Settle();
        Assert.That(PlayedSession.Error(identify), Is.InstanceOf<TaloException>());
        Assert.That(told, Is.EqualTo(new[] { "started steam", $"failed steam {status}" }));
        Assert.That((session.Talo.CurrentAlias!.Identifier, session.Talo.Socket.IsIdentified), Is.EqualTo(("ada", true)));
    }

    [Test]
    public void ClearIdentity_IsToldOnce()
    {
        using var session = new PlayedSession().Identified("ada");
        var told = Told(session);
        session.Talo.Players.ClearIdentity();
        session.Talo.Players.ClearIdentity();
        session.Settle();
        Assert.That(told, Is.EqualTo(new[] { "was ada" }));
        Assert.That(session.Talo.HasIdentity, Is.False);
    }

    [Test]
    public void Dispose_CompletesEachStreamOnce()
    {
        var session = new PlayedSession();
        var told = Told(session);
        session.Dispose();
        Assert.That(told, Is.EqualTo(new[] { "end", "end", "end", "end" }));
    }

    [Test]
    public void ThrowingObserver_HarmsNobody()
    {
        using var session = new PlayedSession();
        using var bad = session.Talo.Players.Identified.Subscribe(_ => throw new InvalidOperationException("a bug of the game"));
        var told = Told(session);
        session.Identified("ada");
        Assert.That(told, Does.Contain("is ada"));
        Assert.That(session.Faults.Single().Where, Is.EqualTo("Players.Identified"));
    }

    [Test]
    public void PlatformCalls_SendWhatTaloTakes()
    {
        using var session = new PlayedSession();
        var players = session.Talo.Players;
        players.IdentifySteamAsync("14000000ab", "talo");
        players.IdentifySteamAsync("14000000cd");
        players.IdentifyGooglePlayGamesAsync("4/auth-code");
        players.IdentifyGameCenterAsync(new GameCenterSignature("https://apple.test/k.cer", "c2ln", "c2FsdA==", 1700000000123, "T:_1", "org.game"));
        session.Settle();
        Assert.That(session.Server.Http.CallsTo("GET", "/v1/players/identify").Select(x => Uri.UnescapeDataString(x.PathAndQuery).Split('?')[1]), Is.EqualTo(new[]
        {
            "service=steam&identifier=talo:14000000ab",
            "service=steam&identifier=14000000cd",
            "service=google_play_games&identifier=4/auth-code",
            "service=game_center&identifier={\"publicKeyUrl\":\"https://apple.test/k.cer\",\"signature\":\"c2ln\",\"salt\":\"c2FsdA==\","
                + "\"timestamp\":1700000000123,\"playerId\":\"T:_1\",\"bundleId\":\"org.game\"}",
        }));
    }

    [Test]
    public void Tickets_ShowNowhere()
    {
        using var session = new PlayedSession();
        var shown = new List<string>();
        session.Talo.Socket.Traffic.Subscribe(x => shown.Add($"{x.Request} {x.Text}"));
        session.Server.Http.On("GET", "/v1/players/identify").Reply(400, new { message = "Failed to take 14000000ab: c2lnbmF0dXJl" });
        var signature = new GameCenterSignature("https://apple.test/k.cer", "c2lnbmF0dXJl", "c2FsdA==", 1, "T:_1", "org.game");
        var steam = session.Talo.Players.IdentifySteamAsync("14000000ab", "talo");
        var apple = session.Talo.Players.IdentifyGameCenterAsync(signature);
        session.Settle();
        shown.AddRange([PlayedSession.Error(steam).Message, PlayedSession.Error(apple).Message, signature.ToString()]);
        Assert.That(shown, Has.Count.GreaterThan(6));
        Assert.That(shown, Has.None.Contains("14000000ab").And.None.Contains("c2lnbmF0dXJl"));
    }

    [TestCase("", "x")]
    [TestCase("x", " ")]
    public void BlankIds_AreRefusedHere(string one, string two)
    {
        using var session = new PlayedSession().Identified();
        var calls = session.Server.Http.Calls.Count;
        Assert.That(() => session.Talo.Players.MergeAsync(one, two), Throws.ArgumentException);
        Assert.That(() => session.Talo.Players.FindAsync(" "), Throws.ArgumentException);
        Assert.That(() => session.Talo.Players.SearchAsync(""), Throws.ArgumentException);
        Assert.That(() => session.Talo.Players.IdentifySteamAsync(" "), Throws.ArgumentException);
        Assert.That(() => session.Talo.Players.IdentifyGooglePlayGamesAsync(""), Throws.ArgumentException);
        Assert.That(() => session.Talo.Players.IdentifyGameCenterAsync(null!), Throws.ArgumentNullException);
        Assert.That(() => session.Talo.Players.IdentifyGameCenterAsync(new GameCenterSignature("k", "", "s", 1, "p", "b")), Throws.ArgumentException);
        Assert.That(session.Server.Http.Calls, Has.Count.EqualTo(calls));
    }

    [Test]
    public void Search_AndFind_NeedNoPlayer()
    {
        using var session = new PlayedSession();
        var player = new { id = "3f0c7a52", props = new[] { new { key = "level", value = "7" } }, aliases = Array.Empty<object>() };
        session.Server.Http.On("GET", "/v1/players/search?query=a%26b*").Reply(200, new { players = new[] { player }, count = 30, itemsPerPage = 25, isLastPage = false });
        session.Server.Http.On("GET", "/v1/players/3f0c7a52").Reply(200, new { player });
        var search = session.Talo.Players.SearchAsync("a&b");
        var find = session.Talo.Players.FindAsync("3f0c7a52");
        session.Settle();
        var page = PlayedSession.Result(search);
        Assert.That((page.Count, page.ItemsPerPage, page.IsLastPage), Is.EqualTo((30, 25, false)));
        Assert.That(page.Players.Single(), Is.EqualTo(PlayedSession.Result(find)));
        Assert.That(session.Server.Http.Calls.Select(x => x.Header("x-talo-alias")), Is.All.Null);
    }

    [Test]
    public void Merge_OfTheCurrentPlayer_ChangesIt()
    {
        using var session = new PlayedSession().Identified();
        var id = session.Talo.CurrentPlayer!.Id;
        var merged = new { id, props = new[] { new { key = "gold", value = "9" } }, aliases = new[] { session.Server.Player("ada").ToJson() } };
        session.Server.Http.On("POST", "/v1/players/merge").Reply(200, new { player = merged });
        var merge = session.Talo.Players.MergeAsync(id, "other");
        session.Settle();
        Assert.That(PlayedSession.Result(merge).Aliases, Has.Count.EqualTo(1));
        Assert.That(session.Talo.CurrentPlayer!.Props, Is.EqualTo(new[] { new Prop("gold", "9") }));
        Assert.That(session.Talo.CurrentPlayer.Aliases, Is.Empty);
        var call = session.Server.Http.CallsTo("POST", "/v1/players/merge").Single();
        Assert.That(((string?)call.Json["playerId1"], (string?)call.Json["playerId2"], call.Header("x-talo-alias")), Is.EqualTo((id, "other", "101")));
        Assert.That(session.Server.Transport.Links, Has.Count.EqualTo(1), "the socket is left alone");
    }
}
