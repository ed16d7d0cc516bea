using System;
using System.Linq;
using System.Reactive.Linq;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Session;

/// <summary>What a server asks to wait: bounded, shown, and ended by the game's own wish. Wherever the clock begins.</summary>
/// <remarks>d Disconnected, c Connecting, C Connected, i Identifying, I Identified, w Waiting, x Closed; a frame is a minute.</remarks>
[TestFixture(1)]
[TestFixture(2026)]
public sealed class RetryAfterTests(int year)
{
    private const string Tickets = "/v1/socket-tickets";
    private const string TokenCall = "/v1/players/socket-token";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private TestScheduler Clock() => new TestScheduler().StartAt(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private PlayedSession Played(Action<TaloClientOptions>? configure = null, TestScheduler? clock = null) => new(
        x =>
        {
            x.Reconnect.RateLimitJitter = TimeSpan.Zero;
            configure?.Invoke(x);
        },
        clock ?? Clock());

    private static MarbleRecording<ConnectionStatus> States(PlayedSession session) => session.Scheduler.Record(
        session.Talo.Socket.States.Select(x => x.Status).DistinctUntilChanged(), x => "dcCiIwxf"[(int)x], Minute);

    private static MarbleRecording<TaloTraffic> Asked(PlayedSession session) => session.Scheduler.Record(
        session.Talo.Socket.Traffic.Where(x => x.Kind == TaloTrafficKind.HttpRequest), static x => x.Request!.Contains("tickets", StringComparison.Ordinal) ? 't' : 'o', Minute);

    [TestCase("2147483647")]
    [TestCase("2147483648")]
    [TestCase("9223372036854775807")]
    [TestCase("99999999999999999999999999999999999999")]
    [TestCase("601")]
    [TestCase("Fri, 31 Dec 9999 23:59:59 GMT")]
    public void Any_IsTenMinutesAtMost(string asked)
    {
        using var session = Played();
        session.Server.Http.On("POST", Tickets).ReplyOnce(429, "{}", ("retry-after", asked));
        using var states = States(session);
        session.Advance(660);
        Assert.That(states.ToMarbles(), Is.EqualTo("(dcw)---------(cC)"));
        Assert.That(session.States.Single(x => x.Status == ConnectionStatus.Waiting).RetryIn, Is.EqualTo(TimeSpan.FromMinutes(10)));
    }

    [TestCase(429)]
    [TestCase(503)]
    [TestCase(500)]
    [TestCase(404)]
    public void AnyStatusThatCarriesIt_IsWaitedFor(int status)
    {
        using var session = Played();
        session.Server.Http.On("POST", Tickets).ReplyOnce(status, "{}", ("Retry-After", "120"));
        using var states = States(session);
        session.Advance(240);
        Assert.That(states.ToMarbles(), Is.EqualTo("(dcw)-(cC)"));
    }

    [TestCase(429)]
    [TestCase(503)]
    public void OfATokenCall_IsWaitedFor_AndShown(int status)
    {
        using var session = Played().Identified();
        session.Server.Http.On("POST", TokenCall).ReplyOnce(status, "{}", ("Retry-After", "2147483647"));
        session.Server.Player("ada").ReplaceSocketToken();
        session.Server.Link.Lose();
        session.Advance(2);
        Assert.That(session.Talo.Socket.State, Has.Property("Status").EqualTo(ConnectionStatus.Connected).And.Property("RetryIn").EqualTo(TimeSpan.FromMinutes(10)));
        session.Advance(601);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
    }

    [Test]
    public void OfAPropsCall_IsWaitedFor([Values(429, 503)] int status)
    {
        using var session = Played().Identified();
        session.Server.Http.On("PATCH", "/v1/players/*").ReplyOnce(status, "{}", ("retry-after", "90")).Never();
        session.Talo.Players.SetProp("level", "7");
        session.Advance(2);
        session.Advance(85);
        Assert.That(session.Server.Http.CallsTo("PATCH", "/v1/players/*"), Has.Count.EqualTo(1));
        session.Advance(10);
        Assert.That(session.Server.Http.CallsTo("PATCH", "/v1/players/*"), Has.Count.EqualTo(2));
    }

    [Test]
    public void ZeroAgainAndAgain_IsNoStorm([Values("0", "Mon, 01 Jan 0001 00:00:00 GMT")] string asked, [Values(429, 503)] int status)
    {
        using var session = Played();
        session.Server.Http.On("POST", Tickets).Reply(status, "{}", ("retry-after", asked));
        session.Advance(600);
        Assert.That(session.Tickets, Is.InRange(20, 30), "the backoff counts where it is longer");
    }

    [Test]
    public void Open_InTheWait_TriesOnceAtOnce_AndTheNextRefusalIsAWaitAnew()
    {
        using var session = Played();
        session.Server.Http.On("POST", Tickets).ReplyOnce(429, "{}", ("retry-after", "2147483647")).ReplyOnce(429, "{}", ("retry-after", "2147483647"));
        using var states = States(session);
        using var asked = Asked(session);
        session.Advance(150);
        var open = session.Talo.Socket.OpenConnectionAsync();
        session.Advance(60);
        Assert.That(open.IsCompleted, Is.False, "it waits through the tries");
        session.Advance(570);
        Assert.That(open.IsCompletedSuccessfully, Is.True, session.Path);
        Assert.That(states.ToMarbles(), Is.EqualTo("(dcw)-(cw)---------(cC)"));
        Assert.That(asked.ToMarbles(), Is.EqualTo("t-t---------t"));
    }

    [Test]
    public void Open_InTheWait_ThatIsLetIn_EndsThePauseForEverythingElseToo()
    {
        using var session = Played().Identified();
        session.Server.Http.On("POST", Tickets).ReplyOnce(429, "{}", ("retry-after", "2147483647"));
        session.Server.Player("ada").ReplaceSocketToken();
        session.Server.Link.Lose();
        session.Advance(60);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Waiting), session.Path);
        var open = session.Talo.Socket.OpenConnectionAsync();
        session.Settle();
        Assert.That((open.IsCompletedSuccessfully, session.Talo.Socket.IsIdentified), Is.EqualTo((true, true)), session.Path);
        session.Server.Link.Lose();
        session.Advance(4);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
    }

    [TestCase("reset")]
    [TestCase("resume")]
    [TestCase("close and open")]
    public void OtherWishes_InTheWait_TryAtOnceToo(string wish)
    {
        using var session = Played();
        session.Server.Http.On("POST", Tickets).ReplyOnce(429, "{}", ("retry-after", "2147483647"));
        session.Advance(30);
        var socket = session.Talo.Socket;
        switch (wish)
        {
            case "reset":
                _ = socket.ResetConnectionAsync();
                break;
            case "resume":
                socket.Suspend();
                session.Advance(30);
                socket.Resume();
                break;
            default:
                _ = socket.CloseConnectionAsync();
                _ = socket.OpenConnectionAsync();
                break;
        }

        session.Settle();
        Assert.That((socket.State.Status, session.Tickets), Is.EqualTo((ConnectionStatus.Connected, 2)), session.Path);
    }

    [Test]
    public void PauseByACallOfTheGame_IsShown_WhereTheConnectionWaitsForIt()
    {
        using var session = Played().Identified();
        session.Server.Http.On("POST", TokenCall).ReplyOnce(429, "{}", ("retry-after", "300"));
        _ = session.Talo.Players.CreateSocketTokenAsync();
        session.Settle();
        using var states = States(session);
        session.Server.Link.Lose();
        session.Advance(2);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Waiting), session.Path);
        Assert.That(session.Talo.Socket.State.RetryIn!.Value.TotalSeconds, Is.EqualTo(299).Within(0.1));
        Assert.That(session.Talo.Socket.State.Cause!.Kind, Is.EqualTo(ConnectionCauseKind.RateLimited));
        Assert.That(session.Talo.Socket.State.Attempt, Is.EqualTo(1), "nothing was tried");
        session.Advance(300);
        Assert.That(states.ToMarbles(), Is.EqualTo("(Iwcw)----(cCiI)"));
        Assert.That(session.Tickets, Is.EqualTo(2));
    }

    [Test]
    public void PauseThatComesWhileTheTicketWaitsBehindACallOfTheGame_IsShown()
    {
        using var session = Played().Identified();
        session.Server.Http.On("POST", TokenCall).After(TimeSpan.FromSeconds(10)).ReplyOnce(429, "{}", ("retry-after", "300"));
        _ = session.Talo.Players.CreateSocketTokenAsync();
        session.Server.Link.Lose();
        session.Advance(5);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connecting), session.Path);
        session.Advance(6);
        Assert.That((session.Talo.Socket.State.Status, session.Talo.Socket.State.RetryIn), Is.EqualTo((ConnectionStatus.Waiting, (TimeSpan?)TimeSpan.FromSeconds(300))), session.Path);
        session.Talo.Socket.Suspend();
        session.Advance(5);
        session.Talo.Socket.Resume();
        session.Settle();
        session.Settle();
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
        session.Advance(600);
        Assert.That((session.Tickets, session.Server.Transport.Links.Count), Is.EqualTo((2, 2)), "the ticket of before is not asked for any more");
    }

    [Test]
    public void TokenThatWaitsForAPause_IsShown()
    {
        using var session = Played().Identified();
        session.Server.Http.On("POST", "/v1/players/auth/forgot_password").ReplyOnce(429, "{}", ("retry-after", "300"));
        session.Server.Player("ada").ReplaceSocketToken();
        session.Server.Http.Latency = TimeSpan.FromSeconds(3);
        session.Server.Link.Lose();
        session.Advance(2);
        session.Server.Http.Latency = TimeSpan.Zero;
        _ = session.Talo.PlayerAuth.ForgotPasswordAsync("ada@example.org");
        session.Advance(3);
        var state = session.Talo.Socket.State;
        Assert.That((state.Status, state.Cause?.Kind), Is.EqualTo((ConnectionStatus.Connected, (ConnectionCauseKind?)ConnectionCauseKind.RateLimited)), session.Path);
        Assert.That(state.RetryIn!.Value.TotalSeconds, Is.EqualTo(298).Within(0.1));
        session.Advance(300);
        Assert.That((session.Talo.Socket.IsIdentified, session.Server.Http.CallsTo("POST", TokenCall).Count), Is.EqualTo((true, 1)), session.Path);
    }

    [Test]
    public void BudgetThatIsSpent_IsShown()
    {
        using var session = Played(x => x.BackgroundCalls.AuthPerMinute = 2).Identified();
        _ = session.Talo.SocketTickets.CreateTicketAsync();
        session.Advance(1);
        session.Server.Link.Lose();
        session.Advance(1.5);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Waiting), session.Path);
        Assert.That(session.Talo.Socket.State.RetryIn!.Value.TotalSeconds, Is.InRange(55, 60));
        session.Advance(60);
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
    }

    [Test]
    public void WishEachSecond_IsNoStorm()
    {
        using var session = Played();
        session.Server.Http.On("POST", Tickets).Reply(429, "{}", ("retry-after", "2147483647"));
        for (var i = 0; i < 600; i++)
        {
            _ = session.Talo.Socket.OpenConnectionAsync();
            session.Advance(1);
        }

        Assert.That(session.Tickets, Is.InRange(90, 101), "10 a minute");
    }

    [Test]
    public void GameLoopAsTheScheduler_WaitsShowsAndObeysToo()
    {
        var clock = Clock();
        var loop = new GameLoop(clock);
        using var session = Played(x => x.Scheduler = loop, clock);
        session.Server.Http.On("POST", Tickets).ReplyOnce(429, "{}", ("retry-after", "2147483647"));
        Run(session, loop, 599);
        Assert.That((session.Talo.Socket.State.Status, session.Tickets), Is.EqualTo((ConnectionStatus.Waiting, 1)), session.Path);
        Run(session, loop, 2);
        Assert.That((session.Talo.Socket.State.Status, session.Tickets), Is.EqualTo((ConnectionStatus.Connected, 2)), session.Path);

        session.Server.Http.On("POST", Tickets).ReplyOnce(429, "{}", ("retry-after", "2147483647"));
        session.Server.Link.Lose();
        Run(session, loop, 60);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Waiting), session.Path);
        _ = session.Talo.Socket.OpenConnectionAsync();
        Run(session, loop, 1);
        Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected), session.Path);
    }

    private static void Run(PlayedSession session, GameLoop loop, int seconds)
    {
        for (var i = 0; i < seconds * 10; i++)
        {
            session.Advance(0.1);
            loop.Tick();
        }
    }
}
