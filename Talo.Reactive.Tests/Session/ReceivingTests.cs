using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive.Linq;
using System.Text;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Session;

public sealed class ReceivingTests
{
    [Test]
    public void UnknownRes_UnknownFieldsAndNulls_AreNormal()
    {
        using var session = new PlayedSession().Identified();
        var heard = new List<ChannelMessage>();
        session.Talo.Channels.Messages.Subscribe(heard.Add);
        session.Server.Link.Receive("""{"res":"v9.from.the.future","data":{"x":[1,null]}}""");
        session.Server.Link.Receive("""{"res":"v1.from.the.future"}""");
        session.Server.Link.Receive("""{"extra":1,"data":{"message":null,"new":{"a":1},"channel":{"id":41,"name":null,"props":null,"future":[{}]},"playerAlias":{"id":7,"player":null}},"res":"v1.channels.message"}""");
        Assert.That(session.Messages.Skip(2).Select(x => x.Res), Is.EqualTo(new[] { "v9.from.the.future", "v1.from.the.future", "v1.channels.message" }));
        Assert.That(heard.Single().Channel.Id, Is.EqualTo(41));
        Assert.That(session.Faults, Is.Empty);
    }

    [Test]
    public void UnknownErrorCode_KeepsItsText()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Session.SendError("v1.custom", "NEW_CODE", "Something new");
        session.Settle();
        Assert.That(session.Errors.Single().Code.Value, Is.EqualTo("NEW_CODE"));
        Assert.That(session.Errors.Single().Message, Is.EqualTo("Something new"));
    }

    [TestCase("MISSING_API_KEY_SCOPES")]
    [TestCase("MISSING_ACCESS_KEY_SCOPES")]
    public void BothSpellingsOfTheScopeCode_MeanTheSame(string code)
    {
        using var session = new PlayedSession().Identified();
        session.Server.Session.SendError("v1.channels.message", code, "Missing access key scope(s): write:gameChannels");
        session.Settle();
        Assert.That(session.Errors.Single().Code, Is.EqualTo(TaloSocketErrorCode.MissingAccessKeyScopes));
    }

    [TestCase("")]
    [TestCase("not json")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"res":5,"data":{}}""")]
    [TestCase("""{"res":"v1.channels.message","data":{""")]
    [TestCase("""{"res":"v1.channels.message"}trailing""")]
    public void MalformedFrame_IsReported_AndTheLinkLives(string frame)
    {
        using var session = new PlayedSession().Identified();
        session.Server.Link.Receive(frame);
        Assert.That(session.Faults.Single(), Has.Property("Kind").EqualTo(TaloFaultKind.MalformedFrame));
        AssertAlive(session);
    }

    [TestCase("v1.channels.message", """{"channel":"no","message":"x","playerAlias":{"id":1}}""")]
    [TestCase("v1.channels.message", """{"channel":{"id":1},"message":{},"playerAlias":{"id":1}}""")]
    [TestCase("v1.error", """{"req":[],"errorCode":1,"message":{}}""")]
    [TestCase("v1.players.identify.success", """{"id":"x"}""")]
    [TestCase("v1.error", "[]")]
    public void PayloadThatDoesNotFit_IsReported_AndTheLinkLives(string res, string data)
    {
        using var session = new PlayedSession().Identified();
        session.Talo.Channels.Messages.Subscribe();
        session.Server.Link.Receive($$"""{"res":"{{res}}","data":{{data}}}""");
        Assert.That(session.Faults.Single(), Has.Property("Kind").EqualTo(TaloFaultKind.PayloadMismatch).And.Property("Where").EqualTo(res));
        AssertAlive(session);
    }

    [Test]
    public void DeepNesting_IsReported_AndTheLinkLives([Values(100, 200_000)] int depth)
    {
        using var session = new PlayedSession().Identified();
        session.Talo.Channels.Messages.Subscribe();
        var deep = new string('[', depth) + new string(']', depth);
        session.Server.Link.Receive("""{"res":"v1.channels.message","data":{"message":"x","channel":{"id":1,"x":""" + deep + "}}}");
        session.Server.Link.Receive("""{ "res":"v1.channels.message","data":""" + deep + "}");
        Assert.That(session.Faults, Has.Count.EqualTo(2));
        AssertAlive(session);
    }

    [Test]
    public void AnyChangeOfABadByte_CostsAFaultAtMost()
    {
        using var session = new PlayedSession().Identified();
        session.Talo.Channels.Messages.Subscribe();
        session.Talo.Socket.Traffic.Subscribe();
        var frames = new[]
        {
            """{"res":"v1.channels.message","data":{"channel":{"id":41,"name":"a\u00e9","props":[{"key":"k","value":"v"}]},"message":"\ud83d\ude00","playerAlias":{"id":7,"service":"username","player":{"id":"p"}}}}""",
            """{"res":"v1.error","data":{"req":"v1.custom","message":"m","errorCode":"C","cause":"c"}}""",
            """{"res":"v1.players.identify.success","data":{"id":101,"service":"username","identifier":"ada","player":{"id":"p","props":[]}}}""",
        };
        var random = new Random(20261123);
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(frames[i % frames.Length]);
            for (var changes = random.Next(1, 4); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Assert.That(() => session.Server.Link.Receive(bytes.AsSpan(0, random.Next(2) == 0 ? bytes.Length : random.Next(bytes.Length)).ToArray()), Throws.Nothing);
        }

        Assert.That(session.Faults, Has.Count.GreaterThan(1_000));
        AssertAlive(session);
    }

    [Test]
    public void MessagesComeBeforeTheClosureThatFollowsThem()
    {
        using var session = new PlayedSession().Identified();
        var log = new List<string>();
        session.Talo.Socket.Messages.Subscribe(x => log.Add(x.Res));
        session.Talo.Socket.Closures.Subscribe(x => log.Add($"closed {x.Code}"));
        session.Server.Link.ReceiveMessage("one");
        session.Server.Link.ReceiveMessage("two");
        session.Server.Link.CloseByPeer(1001, "going away");
        session.Settle();
        Assert.That(log, Is.EqualTo(new[] { "one", "two", "closed 1001" }));
    }

    [Test]
    public void SendInsideOnNext_AnswersComeAfterWhatIsBeingDelivered()
    {
        using var session = new PlayedSession().Identified();
        var log = new List<string>();
        // The answer arrives inside the write.
        session.Server.On("v1.custom", (on, _) => on.Link.ReceiveMessage("1"));
        session.Talo.Socket.Messages.Subscribe(x =>
        {
            log.Add("A" + x.Res);
            if (x.Res == "0") session.Talo.Socket.Send("v1.custom");
        });
        session.Talo.Socket.Messages.Subscribe(x => log.Add("B" + x.Res));
        session.Server.Link.ReceiveMessage("0");
        session.Settle();
        Assert.That(log, Is.EqualTo(new[] { "A0", "B0", "A1", "B1" }));
    }

    [Test]
    public void MessagesAreValidForEver_ThoughTheLinkReusesItsMemory()
    {
        using var session = new PlayedSession().Identified();
        for (var i = 0; i < 100; i++) session.Server.Link.ReceiveMessage("v1.custom", new { i });
        session.Advance(60);
        var kept = session.Messages.Where(x => x.Res == "v1.custom").ToList();
        Assert.That(kept.Select(x => (int)x.Data["i"]!), Is.EqualTo(Enumerable.Range(0, 100)));
        Assert.That(Encoding.UTF8.GetString(kept[7].Utf8.Span), Is.EqualTo("""{"res":"v1.custom","data":{"i":7}}"""));
    }

    [Test]
    public void TypedMessages_AreDecodedOnceForAllObservers()
    {
        using var session = new PlayedSession().Identified();
        var heard = new List<ChannelMessage>();
        for (var i = 0; i < 3; i++) session.Talo.Channels.Messages.Subscribe(heard.Add);
        for (var i = 0; i < 3; i++) session.Talo.Channels.In(41).Messages.Subscribe(heard.Add);
        session.Server.Say(session.Server.Player("grace"), 41, "ahoy");
        Assert.That(heard, Has.Count.EqualTo(6).And.All.SameAs(heard[0]));
    }

    [Test]
    public void AThousandChannels_EachHearsItsOwnOnly()
    {
        using var session = new PlayedSession().Identified();
        var heard = new List<(int In, string Text)>();
        var subscriptions = Enumerable.Range(1, 1_000)
            .Select(id => session.Talo.Channels.In(id).Messages.Subscribe(x => heard.Add((id, x.Message)))).ToList();
        for (var id = 1; id <= 1_001; id++) session.Server.Say(session.Server.Player("grace"), id, $"in {id}");
        Assert.That(heard, Is.EqualTo(Enumerable.Range(1, 1_000).Select(id => (id, $"in {id}"))));

        subscriptions.ForEach(x => x.Dispose());
        session.Server.Say(session.Server.Player("grace"), 5, "nobody listens");
        session.Talo.Channels.In(5).Messages.Subscribe(x => heard.Add((-5, x.Message)));
        session.Server.Say(session.Server.Player("grace"), 5, "again");
        Assert.That(heard.Skip(1_000), Is.EqualTo(new[] { (-5, "again") }));
    }

    [Test]
    public void AfterDispose_EveryStreamHasCompleted_AndALateSubscriberGetsCompletion()
    {
        var session = new PlayedSession().Identified();
        var log = new List<string>();
        Watch("early");
        session.Server.Link.Lose();
        session.Dispose();
        var early = log.ToList();
        Watch("late");
        session.Advance(120);
        var names = new[] { "messages", "errors", "closures", "states", "traffic", "faults", "channels", "in 41" };
        Assert.That(early, Is.EquivalentTo(names.Select(x => $"early {x} completed")));
        Assert.That(log.Skip(early.Count), Is.EqualTo(names.Select(x => $"late {x} completed")));

        void Watch(string when)
        {
            Add(session.Talo.Socket.Messages, "messages");
            Add(session.Talo.Socket.Errors, "errors");
            Add(session.Talo.Socket.Closures, "closures");
            Add(session.Talo.Socket.States, "states");
            Add(session.Talo.Socket.Traffic, "traffic");
            Add(session.Talo.Socket.Faults, "faults");
            Add(session.Talo.Channels.Messages, "channels");
            Add(session.Talo.Channels.In(41).Messages, "in 41");
            void Add<T>(IObservable<T> stream, string name) =>
                stream.Subscribe(static _ => { }, _ => log.Add($"{when} {name} failed"), () => log.Add($"{when} {name} completed"));
        }
    }

    private static void AssertAlive(PlayedSession session)
    {
        var before = session.Messages.Count;
        session.Server.Say(session.Server.Player("grace"), 41, "still here");
        session.Settle();
        Assert.That(session.Messages, Has.Count.EqualTo(before + 1));
        Assert.That(session.Talo.Socket.IsIdentified, Is.True, session.Path);
        Assert.That(session.Server.Transport.Links, Has.Count.EqualTo(1));
    }
}
