using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Testing;

public sealed class MarblesTests
{
    private static readonly Config Runs = Exploration.Runs;

    private const NotificationKind Value = NotificationKind.OnNext;
    private const NotificationKind Error = NotificationKind.OnError;
    private const NotificationKind End = NotificationKind.OnCompleted;

    private static readonly IEnumerable<TestCaseData> Diagrams = new[]
    {
        Diagram(""),
        Diagram("---"),
        Diagram("a", new Marble(0, Value, 'a')),
        Diagram("-a", new Marble(1, Value, 'a')),
        Diagram("a-b", new Marble(0, Value, 'a'), new Marble(2, Value, 'b')),
        Diagram("a7", new Marble(0, Value, 'a'), new Marble(1, Value, '7')),
        Diagram("--a[58](bc)|", new Marble(2, Value, 'a'), new Marble(61, Value, 'b'), new Marble(61, Value, 'c'), new Marble(62, End)),
        Diagram("(a|)", new Marble(0, Value, 'a'), new Marble(0, End)),
        Diagram("( a b )c", new Marble(0, Value, 'a'), new Marble(0, Value, 'b'), new Marble(1, Value, 'c')),
        Diagram("a - [ 3 ] #  ", new Marble(0, Value, 'a'), new Marble(5, Error)),
        Diagram("a-^-b", new Marble(-2, Value, 'a'), new Marble(2, Value, 'b')),
        Diagram("^a", new Marble(1, Value, 'a')),
        Diagram("|", new Marble(0, End)),
    };

    [TestCaseSource(nameof(Diagrams))]
    public void Diagram_HasItsEventsInTheirFrames(string diagram, Marble[] expected) =>
        Assert.That(Marbles.Parse(diagram), Is.EqualTo(expected));

    [TestCase("a-!", 3, "'!' means nothing here")]
    [TestCase("a|b", 3, "'b' comes after the end")]
    [TestCase("a#-", 3, "'-' comes after the end")]
    [TestCase("(a|b)", 4, "'b' comes after the end")]
    [TestCase("-(ab", 2, "'(' is not closed")]
    [TestCase("-()", 2, "'()' is empty")]
    [TestCase("(a-b)", 3, "'-' takes time")]
    [TestCase("(a(b))", 3, "'(' takes time")]
    [TestCase("a)", 2, "')' closes nothing")]
    [TestCase("a]", 2, "']' closes nothing")]
    [TestCase("a[58", 2, "'[' is not closed")]
    [TestCase("a[]", 2, "'[]' is no number of frames")]
    [TestCase("a[x]", 2, "'[x]' is no number of frames")]
    [TestCase("a[-1]", 2, "'[-1]' is no number of frames")]
    [TestCase("a[0]", 2, "'[0]' is no number of frames")]
    [TestCase("a[99999999999]", 2, "is no number of frames")]
    [TestCase("[100000000]-", 12, "at most 100000000 frames")]
    [TestCase("^-^", 3, "second '^'")]
    public void BadDiagram_IsRefusedWithColumnAndReason(string diagram, int column, string reason)
    {
        var error = Assert.Throws<FormatException>(() => Marbles.Parse(diagram));
        Assert.That(error!.Message, Does.Contain($"column {column}:").And.Contain(reason).And.Contain(diagram));
    }

    [TestCase("a ---- ----- b", "a---------b")]
    [TestCase("a----------b", "a[10]b")]
    [TestCase("[4][5](a)---", "---------a")]
    [TestCase("[60] (bc) |", "[60](bc)|")]
    [TestCase("", "")]
    public void Canonical_IsTheOneWayToWriteIt(string diagram, string canonical)
    {
        Assert.That(Marbles.Canonical(diagram), Is.EqualTo(canonical));
        Assert.That(Marbles.Parse(canonical), Is.EqualTo(Marbles.Parse(diagram)));
    }

    [Test]
    public void Rendering_RefusesWhatNoDiagramCanSay()
    {
        Assert.Throws<ArgumentException>(() => Marbles.Render([new Marble(2, Value, 'a'), new Marble(1, Value, 'b')]));
        Assert.Throws<ArgumentException>(() => Marbles.Render([new Marble(-1, Value, 'a')]));
        Assert.Throws<ArgumentException>(() => Marbles.Render([new Marble(0, Value, '-')]));
        Assert.Throws<ArgumentException>(() => Marbles.Render([new Marble(0, End), new Marble(1, Value, 'a')]));
        Assert.Throws<ArgumentException>(() => Marbles.Render([new Marble(0, Error), new Marble(0, End)]));
    }

    [Test, Fuzz]
    public void AnyEvents_AreRenderedSoThatParsingGivesThemBack() =>
        FsCheck.Fluent.Prop.ForAll(
            AnyMarbles(),
            marbles => Marbles.Parse(Marbles.Render(marbles)).SequenceEqual(marbles)).Explore(Runs);

    [Test, Fuzz]
    public void AnyRenderedDiagram_IsCanonical() =>
        FsCheck.Fluent.Prop.ForAll(
            AnyMarbles(),
            marbles => Marbles.Canonical(Marbles.Render(marbles)) == Marbles.Render(marbles)).Explore(Runs);

    [Test, Fuzz]
    public void AnyDiagramPlayed_IsRecordedAsItWas([Values] bool hot) =>
        FsCheck.Fluent.Prop.ForAll(AnyMarbles(), marbles =>
        {
            var scheduler = new TestScheduler();
            var diagram = Marbles.Render(marbles);
            using var seen = scheduler.Record(hot ? scheduler.Hot(diagram) : scheduler.Cold(diagram));
            scheduler.Start();
            return seen.ToMarbles() == diagram;
        }).Explore(Runs);

    [Test]
    public void Hot_IsPlayedFromNowOn()
    {
        var scheduler = new TestScheduler();
        scheduler.AdvanceBy(TimeSpan.FromMinutes(1).Ticks);
        var source = scheduler.Hot("a-b-c|");
        scheduler.AdvanceBy(TimeSpan.FromSeconds(1.5).Ticks);
        using var late = scheduler.Record(source, TimeSpan.FromSeconds(0.5));
        scheduler.Start();
        Assert.That(late.ToMarbles(), Is.EqualTo("-b---c-|"));
        Assert.That(source.Messages.Select(m => m.Time - TimeSpan.FromMinutes(1).Ticks), Is.EqualTo(new[] { 0, 2, 4, 5 }.Select(s => s * TimeSpan.TicksPerSecond)));
    }

    [Test]
    public void HotWithASubscriptionPoint_HasItsPastBehindIt()
    {
        var scheduler = new TestScheduler();
        scheduler.AdvanceBy(TimeSpan.FromMinutes(1).Ticks);
        using var seen = scheduler.Record(scheduler.Hot("ab-^-c|"));
        scheduler.Start();
        Assert.That(seen.ToMarbles(), Is.EqualTo("--c|"));
    }

    [Test]
    public void Cold_IsPlayedFromEachSubscriptionOn()
    {
        var scheduler = new TestScheduler();
        var source = scheduler.Cold("-a|");
        using var seen = scheduler.Record(source.Concat(source));
        scheduler.Start();
        Assert.That(seen.ToMarbles(), Is.EqualTo("-a-a|"));
        Assert.That(source.Subscriptions, Has.Count.EqualTo(2));
    }

    [Test]
    public void ColdWithASubscriptionPoint_IsRefused()
    {
        var error = Assert.Throws<FormatException>(() => new TestScheduler().Cold("-^a"));
        Assert.That(error!.Message, Does.Contain("column 2").And.Contain("no past"));
    }

    [Test]
    public void Values_ComeFromTuplesADictionaryOrAFunction()
    {
        var scheduler = new TestScheduler();
        using var tuples = scheduler.Record(scheduler.Hot("a-b|", ('a', 1), ('b', 20)), ('x', 1), ('y', 20));
        using var dictionary = scheduler.Record(
            scheduler.Cold("a-b|", new Dictionary<char, string> { ['a'] = "one", ['b'] = "two" }), text => text[0]);
        using var function = scheduler.Record(scheduler.Cold("1-2|", digit => digit - '0'), number => (char)('a' + number));
        scheduler.Start();
        Assert.That(tuples.ToMarbles(), Is.EqualTo("x-y|"));
        Assert.That(dictionary.ToMarbles(), Is.EqualTo("o-t|"));
        Assert.That(function.ToMarbles(), Is.EqualTo("b-c|"));
    }

    [Test]
    public void LetterWithoutAValue_IsNamed()
    {
        var scheduler = new TestScheduler();
        var error = Assert.Throws<ArgumentException>(() => scheduler.Hot("a-c", ('a', 1), ('b', 2)));
        Assert.That(error!.Message, Does.Contain("'c'").And.Contain("a, b"));
    }

    [Test]
    public void Error_IsTheGivenOneOrTheWellKnownOne()
    {
        var scheduler = new TestScheduler();
        var boom = new TimeoutException();
        using var given = scheduler.Record(scheduler.Cold("-#", error: boom));
        using var known = scheduler.Record(scheduler.Cold("-#"));
        scheduler.Start();
        Assert.That(given.Messages.Single().Value.Exception, Is.SameAs(boom));
        Assert.That(known.Messages.Single().Value.Exception, Is.SameAs(Marbles.Error));
        Assert.That(known.ToMarbles(), Is.EqualTo("-#"));
    }

    [Test]
    public void WhatAnObserverOfTheSchedulerWasSent_IsWrittenAsADiagram()
    {
        var scheduler = new TestScheduler();
        var seen = scheduler.Start(() => Observable.Interval(TimeSpan.FromTicks(200), scheduler).Take(3));
        Assert.That(seen.Messages.ToMarbles(x => (char)('a' + x), ReactiveTest.Subscribed, TimeSpan.FromTicks(100)), Is.EqualTo("--a-b-(c|)"));
        Assert.That(seen.Messages.ToMarbles(x => (char)('a' + x), frame: TimeSpan.FromTicks(400)), Is.EqualTo("-(ab)(c|)"));
        Assert.Throws<ArgumentException>(() => seen.Messages.ToMarbles(x => 'a', ReactiveTest.Disposed, TimeSpan.FromTicks(100)));
    }

    [Test]
    public void Frame_IsASecondUnlessTheCallSaysOtherwise()
    {
        var scheduler = new TestScheduler();
        Assert.That(scheduler.Cold("-a").Messages.Single().Time, Is.EqualTo(TimeSpan.TicksPerSecond));
        Assert.That(scheduler.Cold("-a", frame: TimeSpan.FromTicks(10)).Messages.Single().Time, Is.EqualTo(10));
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.Cold("-a", frame: TimeSpan.FromTicks(-1)));
    }

    [Test]
    public void HopsOverTheScheduler_DoNotChangeTheFrame()
    {
        var scheduler = new TestScheduler();
        var source = scheduler.Hot("-a-(bc)|");
        scheduler.AdvanceBy(20);
        using var hopping = scheduler.Record(source.ObserveOn(scheduler).ObserveOn(scheduler));
        scheduler.Start();
        Assert.That(hopping.ToMarbles(), Is.EqualTo("-a-(bc)|"));
    }

    [Test]
    public void Recording_StopsWhenItIsDisposed()
    {
        var scheduler = new TestScheduler();
        using var source = new Subject<char>();
        var seen = scheduler.Record(source);
        source.OnNext('a');
        scheduler.AdvanceBy(TimeSpan.FromSeconds(3).Ticks);
        source.OnNext('b');
        seen.Dispose();
        source.OnNext('c');
        Assert.That(seen.ToMarbles(), Is.EqualTo("a--b"));
        Assert.That(source.HasObservers, Is.False);
    }

    private static TestCaseData Diagram(string diagram, params Marble[] marbles) =>
        new TestCaseData(diagram, marbles).SetArgDisplayNames(diagram);

    private static Arbitrary<Marble[]> AnyMarbles()
    {
        var letter = Gen.Elements("abcxyzABC0189é".ToCharArray());
        var step = Gen.Frequency((3, Gen.Constant(0)), (4, Gen.Choose(1, 3)), (2, Gen.Choose(9, 13)), (1, Gen.Choose(14, 5000)));
        var value = from s in step from l in letter select (Step: s, Letter: l);
        var end = from s in step from kind in Gen.Elements(null, (NotificationKind?)End, Error) select (Step: s, Kind: kind);
        var marbles = from values in Gen.ListOf(value) from last in end select Build(values, last.Step, last.Kind);
        return marbles.ToArbitrary();
    }

    private static Marble[] Build(IEnumerable<(int Step, char Letter)> values, int lastStep, NotificationKind? last)
    {
        var marbles = new List<Marble>();
        var frame = 0;
        foreach (var (step, letter) in values) marbles.Add(new Marble(frame += step, Value, letter));
        if (last is { } kind) marbles.Add(new Marble(frame + lastStep, kind));
        return marbles.ToArray();
    }
}
