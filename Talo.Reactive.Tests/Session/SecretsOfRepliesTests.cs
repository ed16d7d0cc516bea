using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Session;

/// <summary>A secret is known from the reply that brings it, however that is written, before the reply is told to anybody.</summary>
public sealed class SecretsOfRepliesTests
{
    private const string Token = "5f0c1d2e-fresh-token";

    [TestCase("""{"note":"\ud800","socketToken":"5f0c1d2e-fresh-token"}""", TestName = "HalfOfASurrogatePairBeforeTheToken_TokenIsHidden")]
    [TestCase("""{"\ud800":1,"socketToken":"5f0c1d2e-fresh-token"}""", TestName = "HalfOfASurrogatePairAsAName_TokenIsHidden")]
    [TestCase("""{"socketToken":"5f0c1d2e-fresh-token\ud800"}""", TestName = "HalfOfASurrogatePairInTheToken_TokenIsHidden")]
    [TestCase("""{"socket\u0054oken":"5f0c1d2e-fresh-token"}""", TestName = "NameWrittenWithEscapes_TokenIsHidden")]
    [TestCase("""{"socketToken":"\u0035f0c1d2e\u002dfresh-token"}""", TestName = "TokenWrittenWithEscapes_TokenIsHidden")]
    [TestCase("""{"socketToken":"5f0c1d2e-fresh-token","socketToken":"again"}""", TestName = "TokenTwice_BothAreHidden")]
    [TestCase("""{"socketToken":"5f0c1d2e-fresh-token","broken""", TestName = "ReplyThatBreaksOff_IsNotShown")]
    [TestCase("""socketToken=5f0c1d2e-fresh-token""", TestName = "ReplyThatIsNoJson_IsNotShown")]
    [TestCase("""{"socketToken":"5f0c1d2e-fresh-token"}{"socketToken":"5f0c1d2e-fresh-token2"}""", TestName = "TwoValues_AreNotShown")]
    public void Reply(string body)
    {
        using var session = new PlayedSession().Identified();
        var said = Listen(session);

        session.Server.Http.On("POST", "/v1/players/socket-token").ReplyOnce(200, body).ReplyOnce(500, body);
        var calls = new[] { session.Talo.Players.CreateSocketTokenAsync(), session.Talo.Players.CreateSocketTokenAsync() };
        session.Advance(5);
        said.AddRange(calls.Where(static x => x.IsFaulted).Select(static x => x.Exception!.ToString()));

        Assert.That(said, Has.Some.Contains("POST /v1/players/socket-token"));
        Assert.That(said, Has.None.Contains("f0c1d2e").And.None.Contains("fresh-token"));
    }

    [Test]
    public void TokenThatIsANumber_IsRefused_AndHidden()
    {
        using var session = new PlayedSession().Identified();
        var said = Listen(session);
        session.Server.Http.On("POST", "/v1/players/socket-token").ReplyOnce(200, """{"socketToken":9182736450}""");

        var call = session.Talo.Players.CreateSocketTokenAsync();
        session.Settle();
        said.Add(PlayedSession.Error(call).ToString());
        Assert.That(said, Has.None.Contains("9182736450"));
    }

    [Test]
    public void TokenThatTheServerEchoesInEscapes_IsHidden()
    {
        using var session = new PlayedSession().Identified();
        var said = Listen(session);
        var token = session.Server.Player("ada").SocketToken;
        var written = string.Concat(token.Select((c, i) => i % 2 == 0 ? $"\\u{(int)c:X4}" : c.ToString()));

        session.Server.Link.Receive($$$"""{"res":"v1.error","data":{"req":"unknown","errorCode":"INVALID_MESSAGE","message":"no","cause":"{\"t\":\"{{{written.Replace("\\", "\\\\", StringComparison.Ordinal)}}}\"}"}}""");
        session.Server.Link.Receive($$$"""{"res":"v1.custom","data":{"t":"{{{written}}}"}}""");
        session.Settle();

        Assert.That(said.Where(static x => x.Contains("***", StringComparison.Ordinal)).Count(), Is.GreaterThanOrEqualTo(3));
        Assert.That(said, Has.None.Contains(written[..12]).And.None.Contains(token));
    }

    [Test]
    public void MoreTokensThanAnyAnswerHas_AreNotShown_AndDriveNoneInUseOut()
    {
        using var session = new PlayedSession().Identified();
        var said = Listen(session);
        var tokens = string.Join(",", Enumerable.Range(0, 2000).Select(static i => $"{{\"socketToken\":\"flood-{i}\"}}"));
        session.Server.Http.On("GET", "/v1/game-channels/**").Reply(500, $"{{\"message\":\"no\",\"tokens\":[{tokens}]}}");
        for (var i = 0; i < 5; i++)
        {
            _ = session.Talo.Channels.FindAsync(1).ContinueWith(static x => x.Exception, System.Threading.Tasks.TaskScheduler.Default);
            session.Settle();
        }

        session.Server.Link.ReceiveMessage("v1.custom", new { token = session.Server.Player("ada").SocketToken });
        session.Settle();
        Assert.That(said, Has.None.Contains("flood-1999"));
        Assert.That(said[^1], Does.Contain("***"));
    }

    [TestCase("POST", "/v1/socket-tickets", "ticket")]
    [TestCase("GET", "/v1/players/identify", "socketToken")]
    public void TicketOrTokenLongerThanAny_IsAClearError_AndIsNotShown(string method, string path, string member)
    {
        var lengthy = new string('a', 1_200_000);
        using var session = new PlayedSession();
        var said = Listen(session);
        session.Server.Http.On(method, path).Reply(200, $$$"""{"alias":{"id":101,"service":"username","identifier":"ada","player":{"id":"p"}},"{{{member}}}":"{{{lengthy}}}"}""");
        var identify = session.Talo.Players.IdentifyAsync("username", "ada");
        session.Advance(1);

        var why = member == "ticket" ? session.Talo.Socket.State.Cause!.Text : PlayedSession.Error(identify).Message;
        Assert.That(why, Does.Contain("found one of 1200000").And.Contain($"\"{member}\""));
        Assert.That(said.Select(static x => x.Length), Is.All.LessThan(1000));
    }

    [Test]
    public void TokenOfTheGameLongerThanAny_IsRefused()
    {
        using var session = new PlayedSession().Identified();
        var lengthy = new string('a', 8193);
        Assert.That(() => session.Talo.Socket.SetSocketToken(lengthy), Throws.ArgumentException.With.Message.Contains("socketToken has 8193 characters"));
        Assert.That(
            () => session.Talo.Socket.Send("v1.players.identify", new { playerAliasId = 101, socketToken = lengthy }),
            Throws.ArgumentException.With.Message.Contains("8192"));
        Assert.That(() => _ = new VerificationKey("v1", lengthy), Throws.ArgumentException.With.Message.Contains("8193"));
        Assert.That(() => new PlayedSession(x => x.AccessKey = lengthy), Throws.ArgumentException.With.Message.Contains("8193"));
    }

    [Test]
    public void TokenOfTheGameWithHalfOfASurrogatePair_IsRefusedBeforeItIsUsed()
    {
        using var session = new PlayedSession().Identified();
        Assert.That(() => session.Talo.Socket.SetSocketToken("abcdef\ud800x"), Throws.ArgumentException.With.Property("ParamName").EqualTo("socketToken"));
        session.Server.Link.Lose();
        session.Advance(40);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True);
    }

    private static List<string> Listen(PlayedSession session)
    {
        var said = new List<string>();
        session.Talo.Socket.Traffic.Subscribe(x => said.Add(x.ToString()));
        session.Talo.Socket.Faults.Subscribe(x => said.Add(x.ToString()));
        session.Talo.Socket.Errors.Subscribe(x => said.AddRange([x.ToString(), x.Cause ?? ""]));
        session.Talo.Socket.States.Subscribe(x => said.Add(x.ToString()));
        return said;
    }
}
