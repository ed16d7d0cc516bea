using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Threading;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Talo.Reactive.Http;

namespace Talo.Reactive.Tests.Http;

public sealed class HttpBudgetTests
{
    private static readonly Config Runs = Exploration.Runs.WithMaxTest(1000).WithEndSize(60);

    private HistoricalScheduler _scheduler = null!;
    private List<string> _log = null!;

    [SetUp]
    public void StartAtTheBeginningOfTime()
    {
        _scheduler = new HistoricalScheduler(DateTimeOffset.MinValue);
        _log = new();
    }

    [Test]
    public void RoomInTheBudget_StartsAtOnceAndPassesEverythingOn()
    {
        var budget = new HttpBudget(2, _scheduler);
        var seen = new List<string>();
        budget.Enqueue(Observable.Range(1, 2)).Materialize().Subscribe(n => seen.Add($"{n}"));
        budget.Enqueue(Observable.Throw<int>(new InvalidOperationException("no"))).Subscribe(_ => { }, e => seen.Add(e.Message));
        Assert.That(seen, Is.EqualTo(new[] { "OnNext(1)", "OnNext(2)", "OnCompleted()", "no" }));
    }

    [Test]
    public void NobodySubscribes_NothingStarts()
    {
        var budget = new HttpBudget(1, _scheduler);
        var call = budget.Enqueue(Call("a"));
        Run(120);
        Assert.That(_log, Is.Empty);
        call.Subscribe();
        Run(180);
        call.Subscribe();
        Assert.That(_log, Is.EqualTo(new[] { "120 a", "180 a" }));
    }

    [Test]
    public void MoreThanAMinuteTakes_InOrderAndAtMostSoManyInAnySixtySeconds()
    {
        var budget = new HttpBudget(2, _scheduler);
        Enqueue(budget, "a");
        Run(20);
        foreach (var name in new[] { "b", "c", "d", "e" }) Enqueue(budget, name);
        Run(600);
        Assert.That(_log, Is.EqualTo(new[] { "0 a", "20 b", "60 c", "80 d", "120 e" }));
    }

    [Test]
    public void SeveralKinds_TakeTurns_AndEachGoesInOrder()
    {
        var budget = new HttpBudget(1, _scheduler);
        foreach (var name in new[] { "a1", "a2", "a3", "a4", "b1", "b2", "c1" }) EnqueueOfKind(budget, name);
        Run(60);
        EnqueueOfKind(budget, "b3");
        EnqueueOfKind(budget, "c2");
        Run(600);
        Assert.That(_log, Is.EqualTo(new[] { "0 a1", "60 b1", "120 c1", "180 a2", "240 b2", "300 c2", "360 a3", "420 b3", "480 a4" }));
    }

    [Test]
    public void KindThatComesAgainAtEachStart_KeepsNoOtherWaiting()
    {
        var budget = new HttpBudget(1, _scheduler);
        void Again(int left)
        {
            budget.Enqueue(Call("a"), "a").Subscribe(_ => { });
            if (left > 0) _scheduler.Schedule(TimeSpan.FromSeconds(60), () => Again(left - 1));
        }

        Again(8);
        foreach (var name in new[] { "b1", "b2", "b3" }) EnqueueOfKind(budget, name);
        Run(600);
        Assert.That(_log.Take(6), Is.EqualTo(new[] { "0 a", "60 b1", "120 b2", "180 a", "240 b3", "300 a" }));
    }

    [Test]
    public void GivenUpBeforeItsTurn_LeavesTheQueueAndCostsNothing()
    {
        var budget = new HttpBudget(1, _scheduler);
        Enqueue(budget, "a");
        var b = Enqueue(budget, "b");
        Enqueue(budget, "c");
        b.Dispose();
        Run(600);
        Assert.That(_log, Is.EqualTo(new[] { "0 a", "60 c" }));
    }

    [Test]
    public void EverybodyGaveUp_NoTimerIsLeft()
    {
        var budget = new HttpBudget(1, _scheduler);
        Enqueue(budget, "a");
        var waiting = new[] { Enqueue(budget, "b"), Enqueue(budget, "c") };
        foreach (var call in waiting) call.Dispose();
        _scheduler.Start();
        Assert.That(_scheduler.Now, Is.EqualTo(DateTimeOffset.MinValue));
        Enqueue(budget, "d");
        _scheduler.Start();
        Assert.That(_log, Is.EqualTo(new[] { "0 a", "60 d" }));
    }

    [Test]
    public void GivenUpWhileRunning_TheCallIsGivenUp()
    {
        var budget = new HttpBudget(1, _scheduler);
        var subject = new Subject<Unit>();
        var call = budget.Enqueue(subject).Subscribe();
        Assert.That(subject.HasObservers, Is.True);
        call.Dispose();
        Assert.That(subject.HasObservers, Is.False);
    }

    [Test]
    public void GameCallInFlight_TheQueueGoesBehindIt()
    {
        var budget = new HttpBudget(10, _scheduler);
        var first = budget.GameCall();
        var second = budget.GameCall();
        Enqueue(budget, "a");
        Run(5);
        first.Dispose();
        first.Dispose();
        Run(6);
        Assert.That(_log, Is.Empty);
        second.Dispose();
        Assert.That(_log, Is.EqualTo(new[] { "6 a" }));
    }

    [Test]
    public void GameCalls_CountAsStartsAndNeverWait()
    {
        var budget = new HttpBudget(2, _scheduler);
        for (var i = 0; i < 5; i++)
        {
            budget.GameCall().Dispose();
            Run(i + 1);
        }

        Enqueue(budget, "a");
        Enqueue(budget, "b");
        Run(600);
        Assert.That(_log, Is.EqualTo(new[] { "63 a", "64 b" }));
    }

    [Test]
    public void GameCallOutlastsTheWait_TheQueueStartsWhenItEnds()
    {
        var budget = new HttpBudget(1, _scheduler);
        Enqueue(budget, "a");
        Enqueue(budget, "b");
        Run(30);
        var game = budget.GameCall();
        Run(200);
        Assert.That(_log, Is.EqualTo(new[] { "0 a" }));
        game.Dispose();
        Assert.That(_log, Is.EqualTo(new[] { "0 a", "200 b" }));
    }

    [Test]
    public void Paused_NothingStartsAndTheLongestPauseWins()
    {
        var budget = new HttpBudget(10, _scheduler);
        budget.PauseFor(TimeSpan.FromSeconds(75));
        budget.PauseFor(TimeSpan.FromSeconds(10));
        budget.PauseFor(TimeSpan.FromSeconds(-10));
        Enqueue(budget, "a");
        Assert.That(budget.IsPaused, Is.True);
        Run(74);
        Assert.That(budget.IsPaused, Is.True);
        Run(75);
        Assert.That(budget.IsPaused, Is.False);
        Assert.That(_log, Is.EqualTo(new[] { "75 a" }));
    }

    [Test]
    public void PausedWhileWaiting_TheWaitIsProlonged()
    {
        var budget = new HttpBudget(1, _scheduler);
        Enqueue(budget, "a");
        Enqueue(budget, "b");
        Run(30);
        budget.PauseFor(TimeSpan.FromSeconds(90));
        Run(600);
        Assert.That(_log, Is.EqualTo(new[] { "0 a", "120 b" }));
    }

    [Test]
    public void PausedForEver_NothingOverflows()
    {
        var budget = new HttpBudget(1, _scheduler);
        budget.PauseFor(TimeSpan.MaxValue);
        Enqueue(budget, "a");
        Run(100_000);
        Assert.That(budget.IsPaused, Is.True);
        Assert.That(_log, Is.Empty);
    }

    [Test]
    public void Held_IsToldItsTurn_AndAgainWhenThatChanges()
    {
        var budget = new HttpBudget(1, _scheduler);
        var told = new List<string>();
        foreach (var name in new[] { "a", "b", "c" }) budget.Enqueue(Call(name), wait => told.Add($"{Seconds} {name} +{wait.TotalSeconds}")).Subscribe();
        Assert.That(told, Is.EqualTo(new[] { "0 b +60", "0 c +120" }));
        told.Clear();
        Run(30);
        budget.PauseFor(TimeSpan.FromSeconds(100));
        budget.PauseFor(TimeSpan.FromSeconds(50));
        Assert.That(told, Is.EqualTo(new[] { "30 b +100", "30 c +100" }).Or.EqualTo(new[] { "30 b +100", "30 c +130" }));
        told.Clear();
        Run(130);
        Assert.That((told.Single(), _log[^1]), Is.EqualTo(("130 c +60", "130 b")));
        Run(600);
        Assert.That((told.Count, _log[^1]), Is.EqualTo((1, "190 c")));
    }

    [Test]
    public void Held_IsNotTold_WhileOnlyACallOfTheGameIsInTheWay()
    {
        var budget = new HttpBudget(3, _scheduler);
        var told = 0;
        var game = budget.GameCall();
        budget.Enqueue(Call("a"), _ => told++).Subscribe();
        Run(10);
        Assert.That((told, _log.Count), Is.EqualTo((0, 0)));
        budget.PauseFor(TimeSpan.FromSeconds(20));
        game.Dispose();
        Assert.That((told, _log.Count), Is.EqualTo((1, 0)));
        Run(30);
        Assert.That((told, _log.Single()), Is.EqualTo((1, "30 a")));
    }

    [Test]
    public void EndPause_StartsWhatWaitsForIt_AndTheCountOfTheMinuteStays()
    {
        var budget = new HttpBudget(2, _scheduler);
        budget.PauseFor(TimeSpan.FromSeconds(500));
        foreach (var name in new[] { "a", "b", "c" }) Enqueue(budget, name);
        Run(10);
        budget.EndPause();
        Assert.That((budget.IsPaused, _log), Is.EqualTo((false, new[] { "10 a", "10 b" })));
        Run(600);
        Assert.That(_log[^1], Is.EqualTo("70 c"));
        budget.PauseFor(TimeSpan.FromSeconds(10));
        Assert.That(budget.IsPaused, Is.True, "a later pause holds");
    }

    [Test]
    public void TheFirstAnswerIsA429_TheRestOfTheQueueWaits()
    {
        var budget = new HttpBudget(10, _scheduler);
        budget.Enqueue(Call("a")).Subscribe(_ => budget.PauseFor(TimeSpan.FromSeconds(60)));
        Enqueue(budget, "b");
        Run(600);
        Assert.That(_log, Is.EqualTo(new[] { "0 a", "60 b" }));
    }

    [Test]
    public void ClockIsSetBackByHours_TheQueueWaitsNoLonger()
    {
        var clock = new SettableClock(_scheduler);
        var budget = new HttpBudget(1, clock);
        Run(36_000);
        Enqueue(budget, "a");
        clock.Shift = TimeSpan.FromHours(-9);
        Enqueue(budget, "b");
        Run(40_000);
        Assert.That(_log, Is.EqualTo(new[] { "36000 a", "36060 b" }));
    }

    [Test]
    public void AnObserverThrows_TheQueueGoesOn()
    {
        var budget = new HttpBudget(2, _scheduler);
        budget.GameCall().Dispose();
        budget.GameCall().Dispose();
        budget.Enqueue(Call("a")).Subscribe(_ => throw new InvalidOperationException("bad observer"));
        Enqueue(budget, "b");
        Assert.That(() => Run(60), Throws.InvalidOperationException.With.Message.EqualTo("bad observer"));
        _scheduler.Stop();
        Run(61);
        Assert.That(_log, Is.EqualTo(new[] { "60 a", "60 b" }));
    }

    [Test]
    public void ACallThatCannotBeSubscribed_IsAnErrorOfThatCall()
    {
        var budget = new HttpBudget(1, _scheduler);
        Exception? error = null;
        budget.Enqueue(new Broken()).Subscribe(_ => { }, e => error = e);
        Assert.That(error, Is.InstanceOf<NotSupportedException>());
    }

    [Test]
    public void AnObserverEnqueues_ItsCallTakesItsPlaceAtTheEnd()
    {
        var budget = new HttpBudget(3, _scheduler);
        var game = budget.GameCall();
        budget.Enqueue(Call("a")).Subscribe(_ => Enqueue(budget, "c"));
        Enqueue(budget, "b");
        game.Dispose();
        Run(600);
        Assert.That(_log, Is.EqualTo(new[] { "0 a", "0 b", "60 c" }));
    }

    [Test]
    public void ObserverCalled_TheQueueIsOpenToOtherThreads()
    {
        var budget = new HttpBudget(2, _scheduler);
        var reached = false;
        budget.Enqueue(Observable.Return(0)).Subscribe(_ =>
        {
            using var done = new ManualResetEventSlim();
            var other = new Thread(() =>
            {
                Enqueue(budget, "from another thread");
                done.Set();
            }) { IsBackground = true };
            other.Start();
            reached = done.Wait(Bounded.Limit);
        });
        Assert.That(reached, Is.True, "An observer was called under the lock.");
    }

    [Test]
    public void ManyThreads_EveryCallStartsOnceAndTheBudgetIsKept()
    {
        const int calls = 400;
        var budget = new HttpBudget(calls, _scheduler);
        var started = 0;
        var call = Observable.Defer(() => Observable.Return(Interlocked.Increment(ref started)));
        Parallel.For(0, calls, i =>
        {
            if (i % 4 == 0) budget.GameCall().Dispose();
            budget.Enqueue(call).Subscribe();
        });
        Assert.That(started, Is.LessThanOrEqualTo(calls));
        _scheduler.Start();
        Assert.That(started, Is.EqualTo(calls));
    }

    [Test]
    public void NonsenseBudget_Refused() =>
        Assert.That(() => new HttpBudget(0, _scheduler), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test, Fuzz]
    public void AnyUse_FirstComeFirstServedWithinTheBudgetAndNobodyIsForgotten()
    {
        var step =
            from act in Gen.Frequency(
                (6, Gen.Constant(Act.Enqueue)),
                (1, Gen.Constant(Act.GiveUp)),
                (2, Gen.Constant(Act.GameCallBegins)),
                (2, Gen.Constant(Act.GameCallEnds)),
                (1, Gen.Constant(Act.Pause)))
            from gap in Gen.Elements(0, 0, 1, 7, 40)
            from pick in Gen.Choose(0, 100)
            select new Step(act, gap, pick);
        var cases = from perMinute in Gen.Choose(1, 5) from steps in step.ArrayOf() select (perMinute, steps);
        FsCheck.Fluent.Prop.ForAll(cases.ToArbitrary(), static c => new Simulation(c.perMinute).Keeps(c.steps)).Explore(Runs);
    }

    private int Seconds => (int)(_scheduler.Now - DateTimeOffset.MinValue).TotalSeconds;

    private void Run(int untilSeconds) => _scheduler.AdvanceTo(DateTimeOffset.MinValue.AddSeconds(untilSeconds));

    private IObservable<Unit> Call(string name) => Observable.Defer(() =>
    {
        _log.Add($"{Seconds} {name}");
        return Observable.Return(Unit.Default);
    });

    private IDisposable Enqueue(HttpBudget budget, string name) => budget.Enqueue(Call(name)).Subscribe();

    private void EnqueueOfKind(HttpBudget budget, string name) => budget.Enqueue(Call(name), name[..1]).Subscribe();

    private enum Act
    {
        Enqueue,
        GiveUp,
        GameCallBegins,
        GameCallEnds,
        Pause,
    }

    private sealed record Step(Act Act, int Gap, int Pick);

    private sealed class Simulation
    {
        private readonly HistoricalScheduler _scheduler = new(DateTimeOffset.MinValue);
        private readonly List<DateTimeOffset> _starts = new();
        private readonly List<int> _served = new();
        private readonly List<IDisposable> _calls = new();
        private readonly HashSet<int> _givenUp = new();
        private readonly Stack<IDisposable> _gameCalls = new();
        private readonly HttpBudget _budget;
        private readonly int _perMinute;
        private DateTimeOffset _pausedUntil;
        private bool _broken;

        internal Simulation(int perMinute)
        {
            _perMinute = perMinute;
            _budget = new HttpBudget(perMinute, _scheduler);
        }

        internal bool Keeps(Step[] steps)
        {
            foreach (var step in steps)
            {
                _scheduler.AdvanceBy(TimeSpan.FromSeconds(step.Gap));
                Play(step);
            }

            while (_gameCalls.TryPop(out var game)) game.Dispose();
            _scheduler.Start();
            return !_broken
                && _served.SequenceEqual(_served.Order())
                && Enumerable.Range(0, _calls.Count).Except(_givenUp).All(_served.Contains);
        }

        private void Play(Step step)
        {
            switch (step.Act)
            {
                case Act.Enqueue:
                    var number = _calls.Count;
                    _calls.Add(System.Reactive.Disposables.Disposable.Empty);
                    _calls[number] = _budget.Enqueue(Observable.Defer(() => Serve(number))).Subscribe();
                    break;
                case Act.GiveUp:
                    var waiting = Enumerable.Range(0, _calls.Count).Except(_served).Except(_givenUp).ToArray();
                    if (waiting.Length == 0) break;
                    var loser = waiting[step.Pick % waiting.Length];
                    _givenUp.Add(loser);
                    _calls[loser].Dispose();
                    break;
                case Act.GameCallBegins:
                    _gameCalls.Push(_budget.GameCall());
                    _starts.Add(_scheduler.Now);
                    break;
                case Act.GameCallEnds:
                    if (_gameCalls.TryPop(out var game)) game.Dispose();
                    break;
                default:
                    _budget.PauseFor(TimeSpan.FromSeconds(step.Pick));
                    var until = _scheduler.Now.AddSeconds(step.Pick);
                    _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
                    break;
            }
        }

        private IObservable<int> Serve(int number)
        {
            _served.Add(number);
            _starts.Add(_scheduler.Now);
            _broken |= _givenUp.Contains(number)
                || _gameCalls.Count > 0
                || _scheduler.Now < _pausedUntil
                || _starts.Count(start => _scheduler.Now - start < TimeSpan.FromSeconds(60)) > _perMinute;
            return Observable.Return(number);
        }
    }

    private sealed class Broken : IObservable<int>
    {
        public IDisposable Subscribe(IObserver<int> observer) => throw new NotSupportedException();
    }

    /// <summary>A scheduler whose wall clock a player sets.</summary>
    private sealed class SettableClock : IScheduler
    {
        private readonly IScheduler _inner;

        internal SettableClock(IScheduler inner) => _inner = inner;

        internal TimeSpan Shift { get; set; }

        public DateTimeOffset Now => _inner.Now + Shift;

        public IDisposable Schedule<TState>(TState state, Func<IScheduler, TState, IDisposable> action) =>
            _inner.Schedule(state, action);

        public IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action) =>
            _inner.Schedule(state, dueTime, action);

        public IDisposable Schedule<TState>(TState state, DateTimeOffset dueTime, Func<IScheduler, TState, IDisposable> action) =>
            _inner.Schedule(state, dueTime - Shift, action);
    }
}
