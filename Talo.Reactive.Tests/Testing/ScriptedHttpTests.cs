using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Http;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Testing;

public sealed class ScriptedHttpTests
{
    private TestScheduler _scheduler = null!;
    private ScriptedHttp _http = null!;

    [SetUp]
    public void Make()
    {
        _scheduler = new TestScheduler().StartAt(DateTimeOffset.UnixEpoch);
        _http = new ScriptedHttp(_scheduler);
    }

    [Test]
    public void Reply_ComesWithTheNextTickAndCompletes()
    {
        _http.On("POST", "/v1/socket-tickets").Reply(200, new { ticket = "t-1" });
        var log = Call("POST", "/v1/socket-tickets");
        Assert.That(log, Is.Empty, "nothing comes inside the subscription");
        _scheduler.AdvanceBy(1);
        Assert.That(log, Is.EqualTo(new[] { """200 {"ticket":"t-1"}""", "|" }));
        Assert.That(_http.Calls.Single().Reply!.Header("Content-Type"), Does.StartWith("application/json"));
    }

    [Test]
    public void ReplyInsideSubscribe_ComesWhenTold()
    {
        _http.AnswersInsideSubscribe = true;
        _http.On("GET", "/now").Reply(204);
        _http.On("GET", "/later").After(TimeSpan.FromSeconds(1)).Reply(204);
        Assert.That(Call("GET", "/now"), Is.EqualTo(new[] { "204 ", "|" }));
        Assert.That(Call("GET", "/later"), Is.Empty);
    }

    [Test]
    public void Call_IsRecordedAtItsSubscription()
    {
        var call = _http.Send(new HttpCall(
            "PUT", new Uri("http://127.0.0.1/v1/x?page=2"), [new("X-Talo-Alias", "105")], Encoding.UTF8.GetBytes("{\"at\":\"2026-03-02T18:20:11.000Z\"}")));
        Assert.That(_http.Calls, Is.Empty, "a call is cold");
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(3));
        using var first = call.Subscribe();
        using var second = call.Subscribe();
        Assert.That(_http.Calls, Has.Count.EqualTo(2));
        var seen = _http.Calls[0];
        Assert.That((seen.Method, seen.Path, seen.PathAndQuery), Is.EqualTo(("PUT", "/v1/x", "/v1/x?page=2")));
        Assert.That((seen.At, seen.Elapsed), Is.EqualTo((DateTimeOffset.UnixEpoch.AddSeconds(3), TimeSpan.FromSeconds(3))));
        Assert.That(seen.Header("x-talo-alias"), Is.EqualTo("105"));
        Assert.That((string?)seen.Json["at"], Is.EqualTo("2026-03-02T18:20:11.000Z"));
        Assert.That(seen.IsPending, Is.True);
    }

    [Test]
    public void AnswersGivenOnce_AreUsedUpInOrderBeforeTheLastingOne()
    {
        _http.On("GET", "/x").ReplyOnce(429, "", ("retry-after", "60")).FailOnce(new TimeoutException()).Reply(200, "{}");
        var logs = Enumerable.Range(0, 4).Select(_ => Call("GET", "/x")).ToList();
        _scheduler.AdvanceBy(1);
        Assert.That(logs.Select(log => log[0]), Is.EqualTo(new[] { "429 ", nameof(TimeoutException), "200 {}", "200 {}" }));
        Assert.That(_http.Calls[0].Reply!.Header("Retry-After"), Is.EqualTo("60"));
        Assert.That(_http.Calls[1].Error, Is.InstanceOf<TimeoutException>());
    }

    [Test]
    public void LaterRoute_CountsUntilItIsUsedUp()
    {
        _http.On("GET", "/x").Reply(200, "first");
        _http.On("GET", "/x").ReplyOnce(500, "second");
        var logs = Enumerable.Range(0, 2).Select(_ => Call("GET", "/x")).ToList();
        _scheduler.AdvanceBy(1);
        Assert.That(logs.Select(log => log[0]), Is.EqualTo(new[] { "500 second", "200 first" }));
    }

    [Test]
    public void Fail_IsAnErrorEachTime()
    {
        _http.On("*", "/**").Fail();
        var logs = new[] { Call("GET", "/x"), Call("DELETE", "/y/z") };
        _scheduler.AdvanceBy(1);
        Assert.That(logs.Select(log => log.Single()), Is.All.EqualTo(nameof(IOException)));
    }

    [Test]
    public void Never_StaysPendingUntilItIsGivenUp()
    {
        _http.On("GET", "/x").NeverOnce().Reply(200);
        using (_http.Send(Describe("GET", "/x")).Subscribe(_ => Assert.Fail("answered")))
        {
            _scheduler.AdvanceBy(TimeSpan.FromDays(1));
            Assert.That(_http.Calls.Single().IsPending, Is.True);
        }

        Assert.That(_http.Calls.Single().GivenUpAt, Is.EqualTo(DateTimeOffset.UnixEpoch.AddDays(1)));
        var log = Call("GET", "/x");
        _scheduler.AdvanceBy(1);
        Assert.That(log, Is.EqualTo(new[] { "200 ", "|" }));
    }

    [Test]
    public void Latency_IsTheRoutesOwnOrThatOfTheScript()
    {
        _http.Latency = TimeSpan.FromSeconds(1);
        _http.On("GET", "/slow").After(TimeSpan.FromSeconds(3)).Reply(200);
        _http.On("GET", "/usual").Reply(200);
        var slow = Call("GET", "/slow");
        var usual = Call("GET", "/usual");
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(1));
        Assert.That((slow.Count, usual.Count), Is.EqualTo((0, 2)));
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(2));
        Assert.That(slow, Has.Count.EqualTo(2));
    }

    [Test]
    public void DisposedCall_IsNotAnsweredAndRecordsWhen()
    {
        _http.On("GET", "/x").After(TimeSpan.FromSeconds(3)).Reply(_ => throw new InvalidOperationException("asked all the same"));
        var subscription = _http.Send(Describe("GET", "/x")).Subscribe(_ => Assert.Fail("answered"));
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(2));
        subscription.Dispose();
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(2));
        Assert.That(_http.Calls.Single().GivenUpAt, Is.EqualTo(DateTimeOffset.UnixEpoch.AddSeconds(2)));
    }

    [Test]
    public void AnsweredCall_IsNotGivenUpByItsDisposal()
    {
        _http.On("GET", "/x").Reply(200);
        var subscription = _http.Send(Describe("GET", "/x")).Subscribe();
        _scheduler.AdvanceBy(1);
        subscription.Dispose();
        Assert.That(_http.Calls.Single().GivenUpAt, Is.Null);
    }

    [Test]
    public void ReplyFromAFunction_SeesTheCallWhenItIsDue()
    {
        var clock = new List<DateTimeOffset>();
        _http.On("GET", "/x").After(TimeSpan.FromSeconds(2)).Reply(call =>
        {
            clock.Add(_scheduler.Now);
            return ScriptedReply.Text(200, call.Address.Query);
        });
        var log = Call("GET", "/x?a=b");
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(2));
        Assert.That(log[0], Is.EqualTo("200 ?a=b"));
        Assert.That(clock, Is.EqualTo(new[] { DateTimeOffset.UnixEpoch.AddSeconds(2) }));
    }

    [TestCase("/v1/game-channels/*/join", "/v1/game-channels/41/join", true)]
    [TestCase("/v1/game-channels/*/join", "/v1/game-channels/41/x/join", false)]
    [TestCase("/v1/game-channels/*", "/v1/game-channels/41/join", false)]
    [TestCase("/v1/**", "/v1/game-channels/41/join", true)]
    [TestCase("/v1/players/identify", "/v1/players/identify?service=username", true)]
    [TestCase("/v1/players/identify?service=steam*", "/v1/players/identify?service=username", false)]
    [TestCase("/v1/players/identify?service=user*", "/v1/players/identify?service=username", true)]
    [TestCase("/v1/x.y", "/v1/xzy", false)]
    [TestCase("/v1/X", "/v1/x", false)]
    public void PathPattern_MatchesAsWritten(string pattern, string path, bool matches)
    {
        _http.On("GET", pattern).Reply(200);
        var log = Call("GET", path);
        _scheduler.AdvanceBy(1);
        Assert.That(log[0].StartsWith("200", StringComparison.Ordinal), Is.EqualTo(matches));
        Assert.That(_http.CallsTo("GET", pattern), Has.Count.EqualTo(matches ? 1 : 0));
        Assert.That(_http.CallsTo("POST", pattern), Is.Empty);
    }

    [Test]
    public void CallThatIsNotScripted_IsA404ThatListsWhatIs()
    {
        _http.On("POST", "/v1/socket-tickets").Reply(200);
        _http.On("GET", "/v1/once").ReplyOnce(200);
        var logs = new[] { Call("GET", "/v1/socket-tickets"), Call("GET", "/v1/once"), Call("GET", "/v1/once") };
        _scheduler.AdvanceBy(1);
        Assert.That(logs[0][0], Is.EqualTo("404 {\"message\":\"GET /v1/socket-tickets has no scripted answer. Scripted: POST /v1/socket-tickets, GET /v1/once.\"}"));
        Assert.That(logs[1][0], Is.EqualTo("200 "));
        Assert.That(logs[2][0], Does.StartWith("404"));
    }

    [Test]
    public void ServerClock_DatesRepliesThatHaveNoDate()
    {
        _http.ServerClock = () => _scheduler.Now.AddMinutes(7);
        _http.On("GET", "/x").Reply(200);
        _http.On("GET", "/dated").Reply(200, "", ("Date", "of its own"));
        Call("GET", "/x");
        Call("GET", "/dated");
        _scheduler.AdvanceBy(1);
        Assert.That(_http.Calls[0].Reply!.Header("date"), Is.EqualTo("Thu, 01 Jan 1970 00:07:00 GMT"));
        Assert.That(_http.Calls[1].Reply!.Header("date"), Is.EqualTo("of its own"));
    }

    private static HttpCall Describe(string method, string path) =>
        new(method, new Uri("http://127.0.0.1" + path), [], null);

    private List<string> Call(string method, string path)
    {
        var log = new List<string>();
        _http.Send(Describe(method, path)).Subscribe(
            reply => log.Add($"{reply.Status} {Encoding.UTF8.GetString(reply.Body.Span)}"),
            error => log.Add(error.GetType().Name),
            () => log.Add("|"));
        return log;
    }
}
