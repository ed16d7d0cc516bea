using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reactive.Linq;
using System.Text;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Testing;

public sealed class ScriptedTransportTests
{
    private static readonly Uri Address = new("ws://127.0.0.1/?ticket=t");
    private TestScheduler _scheduler = null!;
    private ScriptedTransport _transport = null!;

    [SetUp]
    public void Make()
    {
        _scheduler = new TestScheduler().StartAt(DateTimeOffset.UnixEpoch);
        _transport = new ScriptedTransport(_scheduler);
    }

    [Test]
    public void DialWithoutAScript_OpensWithTheNextTick()
    {
        var log = Dial();
        Assert.That(log, Is.Empty, "nothing comes inside the subscription");
        Assert.That(_transport.Dials.Single().IsPending, Is.True);
        _scheduler.AdvanceBy(1);
        Assert.That(log, Is.EqualTo(new[] { "link", "|" }));
        Assert.That(_transport.Dials.Single().Link, Is.SameAs(_transport.Link));
        Assert.That(_transport.Link.Address, Is.EqualTo(Address));
    }

    [Test]
    public void Dial_IsRecordedAtItsSubscription()
    {
        var dial = _transport.Dial(Address, 77);
        Assert.That(_transport.Dials, Is.Empty, "a dial is cold");
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(5));
        using var one = dial.Subscribe();
        using var two = dial.Subscribe();
        Assert.That(_transport.Dials, Has.Count.EqualTo(2));
        var seen = _transport.Dials[0];
        Assert.That((seen.Address, seen.MaxFrameBytes, seen.Elapsed, seen.At), Is.EqualTo((Address, 77, TimeSpan.FromSeconds(5), DateTimeOffset.UnixEpoch.AddSeconds(5))));
    }

    [Test]
    public void ScriptedDials_TakeOutcomesInOrderThenTheRest()
    {
        _transport.Otherwise = DialOutcome.Fails(new TimeoutException());
        _transport.Script(DialOutcome.Fails(), DialOutcome.Opens(TimeSpan.FromSeconds(2)), DialOutcome.NeverAnswers);
        var logs = new List<List<string>>();
        for (var i = 0; i < 4; i++)
        {
            logs.Add(Dial());
            _scheduler.AdvanceBy(TimeSpan.FromSeconds(2));
        }

        Assert.That(logs[0], Is.EqualTo(new[] { nameof(IOException) }));
        Assert.That(logs[1], Is.EqualTo(new[] { "link", "|" }));
        Assert.That(logs[2], Is.Empty);
        Assert.That(logs[3], Is.EqualTo(new[] { nameof(TimeoutException) }));
        Assert.That(_transport.Dials[3].Error, Is.InstanceOf<TimeoutException>());
        Assert.That(_transport.Links, Has.Count.EqualTo(1));
    }

    [Test]
    public void SlowDial_OpensAfterItsTime()
    {
        _transport.Script(DialOutcome.Opens(TimeSpan.FromSeconds(2)));
        var log = Dial();
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.That(log, Is.Empty);
        _scheduler.AdvanceBy(1);
        Assert.That(log, Has.Count.EqualTo(2));
    }

    [Test]
    public void DialThatIsGivenUp_OpensNothing()
    {
        var dial = _transport.Dial(Address, 1000).Subscribe(_ => Assert.Fail("given up"));
        dial.Dispose();
        dial.Dispose();
        _scheduler.AdvanceBy(TimeSpan.FromSeconds(5));
        Assert.That(_transport.Links, Is.Empty);
        Assert.That(_transport.Dials.Single().GivenUpAt, Is.EqualTo(DateTimeOffset.UnixEpoch));
    }

    [Test]
    public void DisposalAfterTheOpening_DoesNothingToTheLink()
    {
        var dial = _transport.Dial(Address, 1000).Subscribe(_ => { });
        _scheduler.AdvanceBy(1);
        dial.Dispose();
        Assert.That(_transport.Link.IsOpen, Is.True);
        Assert.That(_transport.Dials.Single().GivenUpAt, Is.Null);
    }

    [Test]
    public void PlayOfAnOutcome_RunsBeforeTheClientHasTheLink()
    {
        _transport.Script(DialOutcome.Opens(play: link => link.Receive("first")));
        var log = new List<string>();
        using var dial = _transport.Dial(Address, 1000)
            .SelectMany(link => link.Frames.Select(frame => Encoding.UTF8.GetString(frame.Span)))
            .Subscribe(log.Add);
        _scheduler.AdvanceBy(1);
        _transport.Link.Receive("second");
        _scheduler.AdvanceBy(1);
        Assert.That(log, Is.EqualTo(new[] { "first", "second" }));
    }

    [Test]
    public void LinkBeforeAnyOpened_SaysWhatToDo()
    {
        Dial();
        var error = Assert.Throws<InvalidOperationException>(() => _ = _transport.Link);
        Assert.That(error!.Message, Does.Contain("dials so far: 1"));
    }

    [Test]
    public void MaxFrameBytes_BindTheLink()
    {
        using var dial = _transport.Dial(Address, 3).Subscribe();
        _scheduler.AdvanceBy(1);
        _transport.Link.Receive("four");
        Assert.That(_transport.Link.Closure!.Code, Is.EqualTo(1009));
    }

    [Test]
    public void Forgetting_KeepsTheLastLinkOnly()
    {
        for (var i = 0; i < 3; i++) Dial();
        _scheduler.AdvanceBy(1);
        var last = _transport.Link;
        _transport.Forget();
        Assert.That(_transport.Dials, Is.Empty);
        Assert.That(_transport.Links, Is.EqualTo(new[] { last }));
    }

    [Test]
    public void DialThatTakesForEver_IsNotOpenedEarly()
    {
        _transport.Script(DialOutcome.Opens(TimeSpan.MaxValue));
        var log = Dial();
        _scheduler.AdvanceBy(TimeSpan.FromDays(3650));
        Assert.That(log, Is.Empty);
    }

    [Test]
    public void ManyDials_AreTheSameEachTime()
    {
        var first = Run();
        Assert.That(first, Has.Length.GreaterThan(50));
        Assert.That(Run(), Is.EqualTo(first));

        static string Run()
        {
            var scheduler = new TestScheduler();
            var transport = new ScriptedTransport(scheduler);
            for (var i = 0; i < 50; i++) transport.Script(i % 3 == 0 ? DialOutcome.Fails() : DialOutcome.Opens(TimeSpan.FromMilliseconds(i)));
            using var seen = scheduler.Record(
                Observable.Range(0, 50).SelectMany(_ => transport.Dial(Address, 10).Materialize()),
                n => n.Kind.ToString()[2],
                TimeSpan.FromMilliseconds(1));
            scheduler.Start();
            return seen.ToMarbles();
        }
    }

    private List<string> Dial()
    {
        var log = new List<string>();
        _transport.Dial(Address, 1000).Subscribe(_ => log.Add("link"), error => log.Add(error.GetType().Name), () => log.Add("|"));
        return log;
    }
}
