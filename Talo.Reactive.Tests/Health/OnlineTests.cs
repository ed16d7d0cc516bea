using System;
using System.Collections.Generic;
using NUnit.Framework;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.Health;

public sealed class OnlineTests
{
    private readonly List<string> _heard = [];

    [SetUp]
    public void Forget() => _heard.Clear();

    [Test]
    public void WholeSession_IsHeardOnceEach_WithTheCurrentFirst()
    {
        using var session = new PlayedSession();
        Watch(session);
        session.Connected();
        Assert.That(_heard, Is.EqualTo(new[] { "False", "True" }));
        Assert.That(session.Talo.IsOnline, Is.True);
        session.Server.Link.Lose();
        session.Advance(20);
        Watch(session);
        Assert.That(_heard, Is.EqualTo(new[] { "False", "True", "False", "True", "True" }), "lost, answered by the ticket, and the current one");
        session.Talo.Dispose();
        Watch(session);
        Assert.That(_heard.GetRange(5, 3), Is.EqualTo(new[] { "over", "over", "over" }));
    }

    [Test]
    public void ServerGone_IsOffline_UntilItAnswers()
    {
        using var session = new PlayedSession(x => x.AutoConnect = false);
        Watch(session);
        session.Server.Http.On("GET", "/v1/health-check").ReplyOnce(204, "").FailOnce().ReplyOnce(503, "").ReplyOnce(401, "").NeverOnce();
        foreach (var answer in new object[] { true, false, false, 401, false })
        {
            var ping = session.Talo.HealthCheck.PingAsync();
            session.Advance(60);
            if (answer is bool ok) Assert.That(PlayedSession.Result(ping), Is.EqualTo(ok));
            else Assert.That(((TaloException)PlayedSession.Error(ping)).Status, Is.EqualTo(answer));
        }

        Assert.That(_heard, Is.EqualTo(new[] { "False", "True", "False", "True", "False" }));
        Assert.That(session.Server.Http.CallsTo("*", "**"), Has.Count.EqualTo(5), "nothing is asked by itself");
    }

    private void Watch(PlayedSession session) =>
        session.Talo.Online.Subscribe(x => _heard.Add(x.ToString()), () => _heard.Add("over"));
}
