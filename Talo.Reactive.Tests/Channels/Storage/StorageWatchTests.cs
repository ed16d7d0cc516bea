using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive.Linq;
using NUnit.Framework;
using Talo.Reactive.Testing;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.Channels.Storage;

/// <summary>A channel's storage as state.</summary>
public sealed class StorageWatchTests
{
    private readonly List<string> _seen = [];
    private PlayedSession _session = null!;
    private ScriptedStorage _storage = null!;

    private string Seen => string.Join(" | ", _seen);

    private TaloChannel Harbour => _session.Talo.Channels.In(ScriptedStorage.ChannelId);

    [SetUp]
    public void Start()
    {
        _seen.Clear();
        _session = new PlayedSession().Identified();
        _storage = new ScriptedStorage(_session);
    }

    [TearDown]
    public void Stop() => _session.Dispose();

    [Test]
    public void FirstValue_IsTheSnapshot_ThenEachChange()
    {
        _storage.Write("gold=80 t[]=a t[]=b z=1", told: false);
        Watch("gold", "t[]", "none");
        _session.Settle();
        Assert.That(Seen, Is.EqualTo("gold=80, t[]=a|b"));
        Do("gold=81", "t[]=c t[]=b", "none=1", "gold t[]", "z=2", "none=1");
        Assert.That(_seen.Skip(1), Is.EqualTo(new[] { "gold=81, t[]=a|b", "gold=81, t[]=b|c", "gold=81, t[]=b|c, none=1", "none=1" }));
        Assert.That(_storage.Reads, Is.EqualTo(new[] { "gold t[] none" }));
    }

    [Test]
    public void EmptyStorage_IsAValue()
    {
        Watch("gold");
        _session.Settle();
        Assert.That(Seen, Is.EqualTo("empty"));
    }

    [Test]
    public void NobodyWatches_NothingIsAsked()
    {
        _ = Harbour.Storage("gold");
        _session.Settle();
        Assert.That(_storage.Reads, Is.Empty);
    }

    [Test]
    public void WriteBeforeTheAnswer_IsNotUndoneByIt()
    {
        _storage.Write("gold=80", told: false);
        HoldAnswer(seconds: 1, "gold");
        Watch("gold");
        _session.Advance(0.5);
        _storage.Write("gold=81");
        _session.Advance(1);
        Assert.That(Seen, Is.EqualTo("gold=81"));
    }

    [Test]
    public void EventThatComesAfterANewerAnswer_EndsInTheNewest()
    {
        _session.Server.Latency = TimeSpan.FromSeconds(1);
        _storage.Write("gold=80");
        _storage.Write("gold=81");
        Watch("gold");
        _session.Advance(3);
        Assert.That(_seen[^1], Is.EqualTo("gold=81"));
    }

    [Test]
    public void TwoObservers_ShareTheQuestion_AndTheLastReleasesIt()
    {
        var first = Watch("gold", "wood");
        var second = Watch("wood", "gold");
        _session.Settle();
        var third = Watch("gold");
        Assert.That(_seen, Has.Count.EqualTo(3), "the third is told what is known at once");
        Assert.That(_storage.Reads, Is.EqualTo(new[] { "gold wood" }));
        first.Dispose();
        second.Dispose();
        Do("gold=1");
        Assert.That(_seen[^1], Is.EqualTo("gold=1"));
        Assert.That(_seen, Has.Count.EqualTo(4));
        third.Dispose();
        Watch("gold");
        _session.Settle();
        Assert.That(_storage.Reads, Is.EqualTo(new[] { "gold wood", "gold" }));
    }

    [Test]
    public void AnotherKey_IsAskedForAlone()
    {
        Watch("gold");
        _session.Settle();
        Watch("gold", "wood");
        _session.Settle();
        Assert.That(_storage.Reads, Is.EqualTo(new[] { "gold", "wood" }));
    }

    [Test]
    public void KeyForgottenWhileItIsAskedFor_IsAskedForAgain()
    {
        HoldAnswer(seconds: 1, "wood");
        Watch("wood");
        Watch("gold").Dispose();
        Watch("gold");
        _session.Advance(2);
        Assert.That(_seen, Has.Count.EqualTo(2));
        Assert.That(_storage.Reads, Is.EqualTo(new[] { "wood", "gold", "gold" }));
    }

    [Test]
    public void HundredAndTwentyKeys_AreThreeCalls_AndOneFirstValue()
    {
        string[] keys = [.. Enumerable.Range(0, 120).Select(i => $"k{i}")];
        _storage.Write("k0=a k60=b k119=c", told: false);
        _storage.List.ReplyOnce(_storage.Answer);
        HoldAnswer(seconds: 1, [.. keys.Skip(50).Take(50)]);
        Watch(keys);
        _session.Advance(0.5);
        _storage.Write("k60=d");
        _session.Advance(1);
        Assert.That(Seen, Is.EqualTo("k0=a, k60=d, k119=c"));
        Assert.That(_storage.Reads.Select(x => x.Split(' ').Length), Is.EqualTo(new[] { 50, 50, 20 }));
    }

    [Test]
    public void Reconnect_AsksAgain_AndWhatWasMissedIsThere()
    {
        _storage.Write("gold=80 wood=1", told: false);
        Watch("gold", "wood");
        _session.Settle();
        Reconnect(meanwhile: () => _storage.Write("gold=90 wood", told: false));
        Assert.That(_seen, Is.EqualTo(new[] { "gold=80, wood=1", "gold=90" }));
        Assert.That(_storage.Reads, Is.EqualTo(new[] { "gold wood", "gold wood" }));
    }

    [Test]
    public void ReconnectWithoutChanges_TellsNothing()
    {
        Watch("gold");
        _session.Settle();
        Reconnect();
        Assert.That(_seen, Has.Count.EqualTo(1));
        Assert.That(_storage.Reads.Count(), Is.EqualTo(2));
    }

    [Test]
    public void AnswerOfALostLink_DoesNotCount()
    {
        HoldAnswer(seconds: 60, "gold");
        Watch("gold");
        Reconnect(meanwhile: () => _storage.Write("gold=90", told: false));
        Assert.That(Seen, Is.EqualTo("gold=90"));
        Assert.That(_session.Server.Http.CallsTo("GET", ScriptedStorage.Address)[0].GivenUpAt, Is.Not.Null);
    }

    [Test]
    public void WatchBeforeThePlayerIsIdentified_WaitsForIt()
    {
        using var session = new PlayedSession().Connected();
        var storage = new ScriptedStorage(session);
        var seen = new List<string>();
        session.Talo.Channels.In(ScriptedStorage.ChannelId).Storage("gold").Subscribe(x => seen.Add(Values(x)));
        session.Settle();
        Assert.That(storage.Reads, Is.Empty);
        session.Identified();
        session.Settle();
        Assert.That(seen, Is.EqualTo(new[] { "empty" }));
    }

    [TestCase(403, "This player is not a member of the channel")]
    [TestCase(404, "Channel not found")]
    public void LastingRefusal_IsTheError_AndANewObserverAsksAgain(int status, string text)
    {
        _storage.List.ReplyOnce(status, new { message = text });
        Watch("gold");
        _session.Settle();
        Assert.That(Seen, Is.EqualTo($"error {status}"));
        _session.Advance(3600);
        Assert.That(_storage.Reads.Count(), Is.EqualTo(1));
        Watch("gold");
        _session.Settle();
        Assert.That(_seen[^1], Is.EqualTo("empty"));
    }

    [Test]
    public void LastingRefusalAfterAReconnect_IsTheError()
    {
        Watch("gold");
        _session.Settle();
        _storage.List.ReplyOnce(403, new { message = "This player is not a member of the channel" });
        Reconnect();
        Assert.That(_seen, Is.EqualTo(new[] { "empty", "error 403" }));
    }

    [Test]
    public void TransientFailure_IsTriedAgain_WithBackoff()
    {
        _storage.List.ReplyOnce(503).FailOnce().ReplyOnce(500);
        Watch("gold");
        _session.Advance(60);
        Assert.That(Seen, Is.EqualTo("empty"));
        var calls = _session.Server.Http.CallsTo("GET", ScriptedStorage.Address);
        var waits = calls.Zip(calls.Skip(1), (x, y) => (y.At - x.At).TotalSeconds).ToArray();
        Assert.That(waits, Has.Length.EqualTo(3));
        Assert.That(waits, Is.Ordered);
    }

    [Test]
    public void RetryAfter_IsHonoured()
    {
        _storage.List.ReplyOnce(429, "", ("retry-after", "60"));
        Watch("gold");
        _session.Advance(59);
        Assert.That(_storage.Reads.Count(), Is.EqualTo(1));
        _session.Advance(121);
        Assert.That(Seen, Is.EqualTo("empty"));
    }

    [Test]
    public void WriteDuringTheWaitForARetry_IsKept()
    {
        _storage.List.ReplyOnce(503);
        Watch("gold");
        _session.Settle();
        _storage.Write("gold=7");
        _session.Advance(60);
        Assert.That(Seen, Is.EqualTo("gold=7"));
    }

    [Test]
    public void DeletedChannel_Completes()
    {
        Watch("gold");
        _session.Settle();
        _storage.Send("deleted", new { channel = new { id = 42 } });
        _session.Settle();
        Assert.That(Seen, Is.EqualTo("empty"));
        _storage.Send("deleted", new { channel = new { id = 41 } });
        _session.Settle();
        Assert.That(Seen, Is.EqualTo("empty | completed"));
    }

    [Test]
    public void OwnPlayerLeft_Completes_AndAnothersDoesNot()
    {
        Watch("gold");
        _session.Settle();
        _storage.Send("player-left", new { channel = new { id = 41 }, playerAlias = new { id = 212 }, meta = new { reason = 0 } });
        _session.Settle();
        Assert.That(Seen, Is.EqualTo("empty"));
        _storage.Send("player-left", new { channel = new { id = 41 }, playerAlias = new { id = _session.Talo.CurrentAlias!.Id }, meta = new { reason = 0 } });
        _session.Settle();
        Assert.That(Seen, Is.EqualTo("empty | completed"));
    }

    [Test]
    public void StorageThatOvertakesJoined_WaitsForIt()
    {
        var member = false;
        _storage.List.Reply(call => member ? _storage.Answer(call) : ScriptedReply.Json(403, new { message = "no member" }));
        JoinTakes(seconds: 2, () => member = true);
        using var joined = Harbour.Joined().Subscribe();
        Watch("gold");
        _session.Advance(20);
        Assert.That(Seen, Is.EqualTo("empty"));
    }

    [Test]
    public void TemporaryMember_IsReadAgainWhenItIsBack_WithWhatWasWrittenMeanwhile()
    {
        JoinTakes(seconds: 0.1, () => _storage.Send("player-joined", new { channel = Temporary, playerAlias = Me }));
        using var joined = Harbour.Joined().Subscribe();
        _session.Settle();
        _session.Advance(1);
        Watch("gold");
        _session.Settle();
        _storage.Send("player-left", new { channel = Temporary, playerAlias = Me, meta = new { reason = 1 } });
        _storage.Write("gold=5", told: false);
        _session.Advance(5);
        Assert.That(Seen, Is.EqualTo("empty | gold=5"));
    }

    [Test]
    public void TemporaryMemberThatMayNotReturn_IsTheError()
    {
        JoinTakes(seconds: 0.1, () => { });
        using var joined = Harbour.Joined().Subscribe(_ => { }, _ => { });
        _session.Advance(1);
        Watch("gold");
        _session.Settle();
        _session.Server.Http.On("POST", "/v1/game-channels/41/join").Reply(403, new { message = "This channel is private" });
        _storage.Send("player-left", new { channel = Temporary, playerAlias = Me, meta = new { reason = 1 } });
        _session.Advance(5);
        Assert.That(Seen, Is.EqualTo("empty | error 403"));
    }

    [Test]
    public void ClearedIdentity_Completes()
    {
        Watch("gold");
        _session.Settle();
        _session.Talo.Players.ClearIdentity();
        _session.Settle();
        Assert.That(Seen, Is.EqualTo("empty | completed"));
    }

    [Test]
    public void AnotherPlayer_Completes_AndANewWatchIsTheirs()
    {
        Watch("gold");
        _session.Settle();
        _session.Talo.Players.IdentifyAsync("username", "grace");
        _session.Advance(5);
        Assert.That(Seen, Is.EqualTo("empty | completed"));
        Watch("gold");
        _session.Settle();
        var alias = _session.Server.Http.CallsTo("GET", ScriptedStorage.Address)[^1].Header("x-talo-alias");
        Assert.That(alias, Is.EqualTo($"{_session.Talo.CurrentAlias!.Id}"));
    }

    [Test]
    public void Dispose_Completes_AndWhoComesLaterIsToldSo()
    {
        var harbour = Harbour;
        Watch("gold");
        _session.Settle();
        _session.Talo.Dispose();
        Assert.That(Seen, Is.EqualTo("empty | completed"));
        harbour.Storage("gold").Subscribe(x => _seen.Add("late"), () => _seen.Add("over"));
        Assert.That(_seen[^1], Is.EqualTo("over"));
    }

    [Test]
    public void ObserverThatThrows_HarmsNoOther()
    {
        Harbour.Storage("gold").Subscribe(_ => throw new InvalidOperationException("mine"));
        Watch("gold");
        _session.Settle();
        Do("gold=1");
        Assert.That(Seen, Is.EqualTo("empty | gold=1"));
        Assert.That(_session.Faults.Select(x => x.Where), Is.All.EqualTo("Channels.In(41).Storage").And.Not.Empty);
    }

    [Test]
    public void ObserverThatUnsubscribesInside_HearsNoMore()
    {
        Harbour.Storage("gold").Take(1).Subscribe(x => _seen.Add(Values(x)), () => _seen.Add("taken"));
        _session.Settle();
        Do("gold=1");
        Assert.That(Seen, Is.EqualTo("empty | taken"));
    }

    [Test]
    public void MissingKeys_AreTheGamesMistake()
    {
        Assert.That(() => Harbour.Storage(), Throws.ArgumentException);
        Assert.That(() => Harbour.Storage("gold", ""), Throws.ArgumentException);
        Assert.That(() => Harbour.Storage(null!), Throws.ArgumentNullException);
    }

    private static object Temporary => new { id = ScriptedStorage.ChannelId, name = "harbour", temporaryMembership = true };

    private object Me => new { id = _session.Talo.CurrentAlias!.Id };

    private void JoinTakes(double seconds, Action then) =>
        _session.Server.Http.On("POST", "/v1/game-channels/41/join").After(TimeSpan.FromSeconds(seconds)).Reply(_ =>
        {
            then();
            return ScriptedReply.Json(200, new { channel = Temporary });
        });

    private IDisposable Watch(params string[] keys) => Harbour.Storage(keys).Subscribe(
        x => _seen.Add(Values(x)),
        error => _seen.Add($"error {((TaloException)error).Status}"),
        () => _seen.Add("completed"));

    private void Do(params string[] writes)
    {
        foreach (var write in writes)
        {
            _storage.Write(write);
            _session.Settle();
        }
    }

    /// <summary>The next answer is what the keys hold now, and arrives later.</summary>
    private void HoldAnswer(double seconds, params string[] keys)
    {
        var held = _storage.Answer(keys);
        _storage.List.After(TimeSpan.FromSeconds(seconds)).ReplyOnce(_ => held).After(TimeSpan.Zero);
    }

    private void Reconnect(Action? meanwhile = null)
    {
        _session.Server.Link.Lose();
        _session.Settle();
        meanwhile?.Invoke();
        _session.Advance(30);
        Assert.That(_session.Talo.Socket.IsIdentified, Is.True, _session.Path);
    }

    private static string Values(ChannelStorage storage) => storage.ToString().Split(": ", 2)[1];
}
