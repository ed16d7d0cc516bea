using System.Linq;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Session;

/// <summary>One identify request at a time, whatever comes meanwhile.</summary>
public sealed class OneIdentifyTests
{
    private const string Req = "v1.players.identify";
    private const string Success = "v1.players.identify.success";

    private static PlayedSession Played(bool isYearOne = false) => new(scheduler: isYearOne ? new TestScheduler() : null);

    /// <summary>Identify requests and heartbeats as they reach the server, in frames of five seconds.</summary>
    private static MarbleRecording<SentFrame> Sent(PlayedSession session) =>
        session.Scheduler.Record(session.Server.Link.Written, static x => x.IsHeartbeat ? 'h' : x.Req == Req ? 'i' : 'x', System.TimeSpan.FromSeconds(5));

    private static void Storm(PlayedSession session, string req, string code, int errors = 1000)
    {
        for (var i = 0; i < errors; i++) session.Server.Link.ReceiveMessage("v1.error", new { req, message = "no", errorCode = code });
    }

    [TestCase(false)]
    [TestCase(true)]
    public void AThousandRateLimitErrors_AreOneMoreRequestBehindTheSilence(bool isYearOne)
    {
        using var session = Played(isYearOne).Connected();
        session.Server.Ignore(Req);
        using var sent = Sent(session);
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Settle();
        Storm(session, "unknown", "RATE_LIMIT_EXCEEDED");
        session.Server.On(Req, (x, _) => x.Send(Success, session.Server.Player("ada").ToJson()));
        session.Advance(299);
        Assert.That(sent.ToMarbles(), Is.EqualTo("i[11]i--h----h----h----h----h----h----h----h----h"));
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
        Assert.That(session.Server.Transport.Links, Has.Count.EqualTo(1));
    }

    [Test]
    public void ARateLimitErrorEachSecond_ForEver_IsOneRequestASilence()
    {
        using var session = Played().Connected();
        session.Server.On(Req, (x, _) => x.SendError("unknown", "RATE_LIMIT_EXCEEDED", "Rate limit exceeded"));
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Advance(600);
        Assert.That(session.Server.Link.Sent.Count(x => x.Req == Req), Is.InRange(9, 10));
    }

    [Test]
    public void AnswerAfterTheRateLimitError_TakesTheNextRequestBack()
    {
        using var session = Played().Connected();
        session.Server.Ignore(Req);
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Settle();
        Storm(session, "unknown", "RATE_LIMIT_EXCEEDED", 3);
        session.Server.Link.ReceiveMessage(Success, session.Server.Player("ada").ToJson());
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
        session.Advance(300);
        Assert.That(session.Server.Link.Sent.Count(x => x.Req == Req), Is.EqualTo(1));
        Assert.That(session.Server.Link.Sent.Count(x => x.IsHeartbeat), Is.GreaterThan(4));
    }

    [Test]
    public void LinkThatEndsInTheSilence_TakesTheRequestWithIt()
    {
        using var session = Played().Connected();
        session.Server.Ignore(Req);
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Settle();
        Storm(session, "unknown", "RATE_LIMIT_EXCEEDED");
        session.Server.On(Req, (x, _) => x.Send(Success, session.Server.Player("ada").ToJson()));
        session.Server.Link.CloseByPeer(1008, "RATE_LIMIT_EXCEEDED");
        session.Advance(300);
        Assert.That(session.Server.Transport.Links.Select(x => x.Sent.Count(y => y.Req == Req)), Is.EqualTo(new[] { 1, 1 }));
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
    }

    [TestCase("v1.channels.message", "NO_PLAYER_FOUND")]
    [TestCase("v1.custom", "INVALID_SOCKET_TOKEN")]
    [TestCase("unknown", "INVALID_MESSAGE")]
    [TestCase("", "")]
    public void ErrorsAboutSomethingElse_ChangeNothing(string req, string code)
    {
        using var session = Played().Connected();
        session.Server.Ignore(Req);
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Settle();
        var path = session.Path;
        Storm(session, req, code);
        session.Advance(9);
        Assert.That((session.Path, session.Server.Link.Sent.Count(x => x.Req == Req)), Is.EqualTo((path, 1)));
    }

    [TestCase("INVALID_SOCKET_TOKEN")]
    [TestCase("INVALID_SESSION_TOKEN")]
    [TestCase("LISTENER_ERROR")]
    [TestCase("")]
    public void AThousandRefusals_AreOneRefusal(string code)
    {
        using var session = Played().Connected();
        session.Server.On(Req, (x, _) => Storm(session, Req, code));
        _ = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Advance(600);
        Assert.That(session.Server.Link.Sent.Count(x => x.Req == Req), Is.InRange(20, 35), "30 s apart in the end");
        Assert.That(session.Server.Http.CallsTo("POST", "/v1/players/socket-token"), Has.Count.LessThan(35));
        Assert.That(session.Server.Transport.Links, Has.Count.EqualTo(1));
    }
}
