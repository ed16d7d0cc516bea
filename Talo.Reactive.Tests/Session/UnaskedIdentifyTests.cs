using System;
using System.Linq;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Session;

/// <summary>What says that a player is identified, and does not answer what was asked.</summary>
public sealed class UnaskedIdentifyTests
{
    private const string Req = "v1.players.identify";
    private const string Success = "v1.players.identify.success";

    private static int Asked(PlayedSession session) => session.Server.Transport.Links.SelectMany(x => x.Sent).Count(x => x.Req == Req);

    private static void AnswersAgain(PlayedSession session) =>
        session.Server.On(Req, (x, _) => x.Send(Success, session.Server.Player("ada").ToJson()));

    private static void IsStillAda(PlayedSession session)
    {
        Assert.That(session.Talo.CurrentAlias?.Identifier, Is.EqualTo("ada"));
        Assert.That(session.Talo.CurrentAlias!.Id, Is.EqualTo(101));
    }

    [TestCase("")]
    [TestCase(""","data":null""")]
    [TestCase(""","data":{}""")]
    [TestCase(""","data":[]""")]
    [TestCase(""","data":"ada" """)]
    [TestCase(""","data":{"id":null,"identifier":"ada"}""")]
    [TestCase(""","data":{"id":0,"identifier":"ada"}""")]
    [TestCase(""","data":{"id":-101,"identifier":"ada"}""")]
    [TestCase(""","data":{"id":"x"}""")]
    [TestCase(""","data":{"id":true}""")]
    [TestCase(""","data":{"id":{}}""")]
    [TestCase(""","data":{"id":101.5}""")]
    [TestCase(""","data":{"id":2147483648}""")]
    [TestCase(""","data":{"id":1e400}""")]
    [TestCase(""","data":{"id":102,"service":"username","identifier":"grace"}""")]
    public void AnswerThatNamesNobodyOrAnother_IsAFault_AndIdentifyTimesOutAndIsTriedAgain(string data)
    {
        using var session = new PlayedSession().Connected();
        session.Server.On(Req, (x, _) => x.Link.Receive($$"""{"res":"{{Success}}"{{data}}}"""));
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Settle();
        IsStillAda(session);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Identifying), session.Path);
        Assert.That((session.Faults.Single().Kind, session.Faults.Single().Where), Is.EqualTo((TaloFaultKind.PayloadMismatch, Success)));

        AnswersAgain(session);
        session.Advance(10.1);
        Assert.That(session.Talo.Socket.State.Cause?.Kind, Is.EqualTo(ConnectionCauseKind.IdentifyFailed), session.Path);
        session.Advance(1);
        Assert.That((session.Talo.Socket.IsIdentified, Asked(session), session.Faults.Count), Is.EqualTo((true, 2, 1)), session.Path);
        IsStillAda(session);
    }

    [TestCase("{}")]
    [TestCase("""{"id":0}""")]
    [TestCase("""{"id":102,"service":"username","identifier":"grace"}""")]
    public void UnaskedWhileIdentified_IsAFault_AndThePlayerStays(string data)
    {
        using var session = new PlayedSession().Identified();
        var (alias, states) = (session.Talo.CurrentAlias, session.States.Count);
        session.Server.Link.Receive($$"""{"res":"{{Success}}","data":{{data}}}""");
        session.Advance(60);
        Assert.That((session.Talo.CurrentAlias, session.States.Count), Is.EqualTo((alias, states)), session.Path);
        Assert.That(session.Faults.Single().Where, Is.EqualTo(Success));
        _ = session.Talo.Channels.SendMessageAsync(41, "ahoy");
        session.Settle();
        Assert.That(session.Texts, Is.EqualTo(new[] { "ahoy" }));
        session.Server.Link.Lose();
        session.Advance(2);
        Assert.That((session.Talo.Socket.IsIdentified, session.Server.Session.Player!.Identifier), Is.EqualTo((true, "ada")), session.Path);
    }

    [Test]
    public void TheSameAgainWhileIdentified_IsNoNews()
    {
        using var session = new PlayedSession().Identified();
        var (alias, states) = (session.Talo.CurrentAlias, session.States.Count);
        session.Server.Session.Send(Success, new { id = 101, service = "username", identifier = "ada of long ago" });
        session.Settle();
        Assert.That((session.Talo.CurrentAlias, session.States.Count, session.Faults.Count), Is.EqualTo((alias, states, 0)));
    }

    [Test]
    public void UnaskedWhileNobodyIsKnown_IsAFault_AndNobodyStays()
    {
        using var session = new PlayedSession().Connected();
        session.Server.Session.Send(Success, session.Server.Player("ada").ToJson());
        session.Settle();
        Assert.That((session.Talo.HasIdentity, session.Talo.Socket.IsIdentified), Is.EqualTo((false, false)), session.Path);
        Assert.That(session.Faults.Single().Where, Is.EqualTo(Success));
    }

    [Test]
    public void UnaskedAfterARefusal_IsAFault_AndTheRetryIdentifies()
    {
        using var session = new PlayedSession().Connected();
        session.Server.On(Req, (x, _) => x.SendError(Req, "LISTENER_ERROR", "An error occurred while processing the request"));
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Settle();
        AnswersAgain(session);
        session.Server.Session.Send(Success, session.Server.Player("ada").ToJson());
        session.Settle();
        Assert.That((session.Talo.Socket.State.Status, session.Faults.Count), Is.EqualTo((ConnectionStatus.Connected, 1)), session.Path);
        session.Advance(1);
        Assert.That((session.Talo.Socket.IsIdentified, Asked(session)), Is.EqualTo((true, 2)), session.Path);
    }

    [Test]
    public void AnswerAfterTheTimeout_IsAnAnswer()
    {
        using var session = new PlayedSession(x => x.Reconnect.InitialDelay = TimeSpan.FromSeconds(30)).Connected();
        session.Server.Latency = TimeSpan.FromSeconds(11);
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Advance(12);
        Assert.That((session.Talo.Socket.IsIdentified, session.Faults.Count), Is.EqualTo((true, 0)), session.Path);
        session.Advance(60);
        Assert.That(Asked(session), Is.EqualTo(1), "the retry has become needless");
    }

    [Test]
    public void AnswerToTheRetryAfterTheFirstOnesAnswer_IsNoNews()
    {
        using var session = new PlayedSession().Connected();
        session.Server.Latency = TimeSpan.FromSeconds(15);
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Advance(16);
        Assert.That((session.Talo.Socket.IsIdentified, Asked(session)), Is.EqualTo((true, 2)), session.Path);
        var states = session.States.Count;
        session.Advance(30);
        Assert.That((session.States.Count, session.Faults.Count), Is.EqualTo((states, 0)), session.Path);
    }

    [Test]
    public void AnotherPlayerAfterTheTimeout_ResetsTheLink_SinceTheServerMayKnowTheFirstOne()
    {
        using var session = new PlayedSession(x => x.Reconnect.InitialDelay = TimeSpan.FromSeconds(30)).Connected();
        session.Server.Latency = TimeSpan.FromSeconds(11);
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Advance(10.5);
        session.Server.Latency = TimeSpan.Zero;
        _ = session.Talo.Players.IdentifyAsync("username", "grace");
        session.Advance(2);
        Assert.That(session.Server.Transport.Links[0].ClosedWith?.Code, Is.EqualTo(1000), session.Path);
        Assert.That((session.Talo.CurrentAlias!.Identifier, session.Server.Session.Player!.Identifier), Is.EqualTo(("grace", "grace")));
    }

    [Test]
    public void FrameOfTheGamesOwn_IdentifiesWhomItNames_AndNobodyElse()
    {
        using var session = new PlayedSession().Connected();
        var token = session.Server.Player("ada").ReplaceSocketToken();
        var grace = session.Server.Player("grace").ToJson();
        session.Talo.Socket.Send(Req, new { playerAliasId = 101, socketToken = token });
        session.Server.Link.Receive(new Newtonsoft.Json.Linq.JObject { ["res"] = Success, ["data"] = grace }.ToString());
        Assert.That((session.Talo.HasIdentity, session.Faults.Count), Is.EqualTo((false, 1)));
        session.Settle();
        Assert.That((session.Talo.Socket.IsIdentified, session.Faults.Count), Is.EqualTo((true, 1)), session.Path);
        IsStillAda(session);
        session.Server.Link.Lose();
        session.Advance(2);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
    }

    [Test]
    public void FrameOfTheGamesOwn_ThatIsRefused_LeavesNothingOpen()
    {
        using var session = new PlayedSession().Connected();
        _ = session.Server.Player("ada").ReplaceSocketToken();
        session.Talo.Socket.Send(Req, new { playerAliasId = 101, socketToken = "wrong" });
        session.Settle();
        session.Server.Session.Send(Success, session.Server.Player("ada").ToJson());
        session.Settle();
        Assert.That((session.Talo.HasIdentity, session.Faults.Count), Is.EqualTo((false, 1)));
        session.Identified("ada");
        Assert.That(session.Server.Transport.Links, Has.Count.EqualTo(1));
    }

    [Test]
    public void ThePlayerWhileAFrameOfTheGamesOwnIsOpen_IsIdentifiedOnALinkOfItsOwn()
    {
        using var session = new PlayedSession().Connected();
        session.Server.Ignore(Req);
        session.Talo.Socket.Send(Req, new { playerAliasId = 105, socketToken = "t-105-of-the-game" });
        session.Settle();
        AnswersAgain(session);
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Settle();
        session.Settle();
        Assert.That((session.Talo.Socket.IsIdentified, session.Server.Transport.Links.Count), Is.EqualTo((true, 2)), session.Path);
        IsStillAda(session);
    }
}
