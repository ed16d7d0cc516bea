using System;
using System.Collections.Generic;
using NUnit.Framework;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.LiveConfigs;

public sealed class LiveConfigTests
{
    private PlayedSession _session = null!;
    private List<string> _heard = null!;

    private TaloClient Talo => _session.Talo;

    private int Calls => _session.Server.Http.CallsTo("GET", "/v1/game-config").Count;

    [SetUp]
    public void Begin()
    {
        _session = new PlayedSession().Connected();
        _heard = [];
    }

    [TearDown]
    public void End() => _session.Dispose();

    [Test]
    public void Get_IsTheAnswer_AndTheValueFromThenOn()
    {
        Answer("1");
        Assert.That(Talo.LiveConfig.IsLoaded, Is.False);
        Assert.That(Talo.LiveConfig.Get("rate", -1), Is.EqualTo(-1));
        var get = Talo.LiveConfig.GetAsync();
        _session.Settle();
        Assert.That(PlayedSession.Result(get).Get("rate", 0), Is.EqualTo(1));
        Assert.That(Talo.LiveConfig.Value, Is.EqualTo(get.Result));
        Save("2");
        Assert.That(Talo.LiveConfig.Get("rate", 0), Is.EqualTo(2));
    }

    [Test]
    public void SaveWhileTheAnswerIsOnItsWay_Wins()
    {
        _session.Server.Http.Latency = TimeSpan.FromSeconds(1);
        Answer("1");
        var get = Talo.LiveConfig.GetAsync();
        Watch();
        Save("2");
        _session.Advance(3);
        Assert.That(PlayedSession.Result(get).Get("rate", 0), Is.EqualTo(1), "the answer is what it was");
        Assert.That(Talo.LiveConfig.Get("rate", 0), Is.EqualTo(2));
        Assert.That(_heard, Is.EqualTo(new[] { "2" }));
    }

    [Test]
    public void NothingLoaded_NoSaveIsDecoded()
    {
        _session.Server.Link.ReceiveMessage("v1.live-config.updated", new { config = 7 });
        Assert.That(_session.Faults, Is.Empty);
        using (Talo.LiveConfig.Updates.Subscribe())
            _session.Server.Link.ReceiveMessage("v1.live-config.updated", new { config = 7 });
        Assert.That(_session.Faults, Has.Count.EqualTo(1), "it is where somebody listens");
    }

    [Test]
    public void Current_AsksOnceForAll_AndFollows()
    {
        Answer("1");
        using (Watch())
        using (Watch())
        {
            _session.Settle();
            Save("2");
            Save("2");
            using (Watch()) Save("3");
        }

        Assert.That(_heard, Is.EqualTo(new[] { "1", "1", "2", "2", "2", "3", "3", "3" }));
        Assert.That(Calls, Is.EqualTo(1));
        Watch();
        _session.Settle();
        Assert.That(Calls, Is.EqualTo(2), "released with the last observer, asked for anew");
    }

    [Test]
    public void Current_AsksAgainAfterAReconnect()
    {
        _session.Server.Http.On("GET", "/v1/game-config").ReplyOnce(200, Body("1")).ReplyOnce(200, Body("2"));
        Watch();
        _session.Settle();
        _session.Server.Link.Lose();
        _session.Advance(5);
        Assert.That(_heard, Is.EqualTo(new[] { "1", "2" }));
        Assert.That(Talo.LiveConfig.Get("rate", 0), Is.EqualTo(2));
    }

    [Test]
    public void Current_TriesAgainWhatMayPass_AsTheServerAsks()
    {
        _session.Server.Http.On("GET", "/v1/game-config")
            .ReplyOnce(503, "").ReplyOnce(429, "", ("retry-after", "20")).ReplyOnce(200, Body("1"));
        Watch();
        _session.Advance(15);
        Assert.That(Calls, Is.EqualTo(2));
        _session.Advance(60);
        Assert.That(_heard, Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public void Current_EndsWithALastingRefusal_AndBeginsAnewForTheNext()
    {
        _session.Server.Http.On("GET", "/v1/game-config").ReplyOnce(403, """{"message":"Missing access key scope(s): read:gameConfig"}""").Reply(200, Body("1"));
        Watch();
        _session.Settle();
        Assert.That(_heard, Is.EqualTo(new[] { "error 403" }));
        Watch();
        _session.Settle();
        Assert.That(_heard, Is.EqualTo(new[] { "error 403", "1" }));
    }

    [Test]
    public void Dispose_Completes()
    {
        Answer("1");
        Watch();
        Talo.LiveConfig.Updates.Subscribe(_ => { }, () => _heard.Add("updates over"));
        _session.Settle();
        Talo.Dispose();
        Watch();
        Assert.That(_heard, Is.EqualTo(new[] { "1", "updates over", "over", "over" }));
        Assert.That(() => Talo.LiveConfig.GetAsync(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Dispose_WhileTheServerIsAsked_Completes()
    {
        _session.Server.Http.On("GET", "/v1/game-config").Never();
        Watch();
        _session.Settle();
        Talo.Dispose();
        Assert.That(_heard, Is.EqualTo(new[] { "over" }));
    }

    private static string Body(string rate) => $$"""{"config":[{"key":"rate","value":"{{rate}}"}]}""";

    private void Answer(string rate) => _session.Server.Http.On("GET", "/v1/game-config").Reply(200, Body(rate));

    private void Save(string rate)
    {
        _session.Server.Link.ReceiveMessage("v1.live-config.updated", new { config = new[] { new { key = "rate", value = rate } } });
        _session.Settle();
    }

    private IDisposable Watch() => Talo.LiveConfig.Current.Subscribe(
        x => _heard.Add(x["rate"]!),
        error => _heard.Add($"error {((TaloException)error).Status}"),
        () => _heard.Add("over"));
}
