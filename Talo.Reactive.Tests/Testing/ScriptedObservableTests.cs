using System;
using System.Reactive.Linq;
using NUnit.Framework;
#if WITH_MICROSOFT_REACTIVE_TESTING
using Microsoft.Reactive.Testing;
#else
using Talo.Reactive.Testing;
#endif

namespace Talo.Reactive.Tests.Testing;

public sealed class ScriptedObservableTests : ReactiveTest
{
    private static readonly InvalidOperationException Boom = new("boom");
    private TestScheduler _scheduler = null!;

    [SetUp]
    public void StartTheClock() => _scheduler = new TestScheduler();

    [Test]
    public void Hot_SendsAtItsTimesWhoeverListens()
    {
        var source = _scheduler.CreateHotObservable(OnNext(150, 'a'), OnNext(200, 'b'), OnNext(201, 'c'), OnCompleted<char>(300));
        var observer = _scheduler.Start(() => source);

        // At 200 the value was scheduled before the subscription, so it goes first and is missed.
        Assert.That(observer.Messages, Is.EqualTo(new[] { OnNext(201, 'c'), OnCompleted<char>(300) }));
    }

    [Test]
    public void Hot_SharesOneScriptAmongItsObservers()
    {
        var source = _scheduler.CreateHotObservable(OnNext(100, 1), OnNext(200, 2));
        var first = _scheduler.CreateObserver<int>();
        var second = _scheduler.CreateObserver<int>();
        using var whole = source.Subscribe(first);
        _scheduler.AdvanceTo(150);
        using var half = source.Subscribe(second);
        _scheduler.Start();
        Assert.That(first.Messages, Is.EqualTo(new[] { OnNext(100, 1), OnNext(200, 2) }));
        Assert.That(second.Messages, Is.EqualTo(new[] { OnNext(200, 2) }));
        Assert.That(source.Subscriptions, Is.EqualTo(new[] { Subscribe(0), Subscribe(150) }));
    }

    [Test]
    public void Cold_SendsAnewToEachObserver()
    {
        var source = _scheduler.CreateColdObservable(OnNext(10, 'a'), OnError<char>(20, Boom));
        var first = _scheduler.CreateObserver<char>();
        var second = _scheduler.CreateObserver<char>();
        using var one = source.Subscribe(first);
        _scheduler.AdvanceTo(15);
        using var two = source.Subscribe(second);
        _scheduler.Start();
        Assert.That(first.Messages, Is.EqualTo(new[] { OnNext(10, 'a'), OnError<char>(20, Boom) }));
        Assert.That(second.Messages, Is.EqualTo(new[] { OnNext(25, 'a'), OnError<char>(35, Boom) }));
    }

    [Test]
    public void ColdAtZero_SendsOneTickAfterTheSubscription()
    {
        var observer = _scheduler.Start(() => _scheduler.CreateColdObservable(OnNext(0, 'a')));
        Assert.That(observer.Messages, Is.EqualTo(new[] { OnNext(201, 'a') }));
    }

    [Test]
    public void DisposedSubscription_IsRecordedAndHearsNothingMore([Values] bool hot)
    {
        var source = hot
            ? _scheduler.CreateHotObservable(OnNext(300, 'a'), OnNext(500, 'b'))
            : _scheduler.CreateColdObservable(OnNext(100, 'a'), OnNext(300, 'b'));
        var observer = _scheduler.Start(() => source, 400);
        Assert.That(observer.Messages, Is.EqualTo(new[] { OnNext(300, 'a') }));
        Assert.That(source.Subscriptions, Is.EqualTo(new[] { Subscribe(200, 400) }));
    }

    [Test]
    public void ObserverThatLeavesInsideOnNext_DoesNotDisturbTheOthers()
    {
        var source = _scheduler.CreateHotObservable(OnNext(10, 'a'), OnNext(20, 'b'));
        var staying = _scheduler.CreateObserver<char>();
        using var leaving = source.Take(1).Subscribe();
        using var stays = source.Subscribe(staying);
        _scheduler.Start();
        Assert.That(staying.Messages, Is.EqualTo(new[] { OnNext(10, 'a'), OnNext(20, 'b') }));
        Assert.That(source.Subscriptions, Is.EqualTo(new[] { Subscribe(0, 10), Subscribe(0) }));
    }

    [Test]
    public void Retry_SubscribesAgainAtTheError()
    {
        var source = _scheduler.CreateColdObservable(OnNext(50, 'a'), OnError<char>(100, Boom));
        var observer = _scheduler.Start(() => source.Retry(2));
        Assert.That(observer.Messages, Is.EqualTo(new[] { OnNext(250, 'a'), OnNext(350, 'a'), OnError<char>(400, Boom) }));
        source.Subscriptions.AssertEqual(Subscribe(200, 300), Subscribe(300, 400));
    }

    [Test]
    public void Text_OfRecordsIsReadable()
    {
        Assert.That(OnNext(7, 'x').ToString(), Is.EqualTo("OnNext(x)@7"));
        Assert.That(Subscribe(200, 1000).ToString(), Is.EqualTo("(200, 1000)"));
        Assert.That(Subscribe(200).ToString(), Is.EqualTo("(200, Infinite)"));
    }
}
