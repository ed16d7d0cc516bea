using System;
using System.Collections.Generic;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Talo.Reactive.Dispatch;

namespace Talo.Reactive.Http;

/// <summary>
/// The queue for the client's own calls (tickets, socket tokens, healing, snapshots) in one rate bucket of the server.
/// The bucket is per IP address and shared with the game's calls and with neighbours, so these calls take only a part of
/// it and go behind the game's. Kinds of call take turns: a thousand of one keep no other waiting. Thread-safe; no observer
/// is called under its lock.
/// </summary>
internal sealed class HttpBudget
{
    private static readonly long Window = TimeSpan.FromMinutes(1).Ticks;

    // Timers have an upper bound, a pause has not.
    private static readonly long LongestNap = TimeSpan.FromHours(1).Ticks;

    private readonly IScheduler _scheduler;
    private readonly object _gate = new();
    // In rounds: of each kind the next call stands in the first round, the one after it in the second.
    private readonly LinkedList<Place> _queue = new();
    private readonly HashSet<string> _startedInRound = new(StringComparer.Ordinal);
    private long _round;
    private readonly long[] _freeAt;
    private SteadyClock _clock;
    private int _nextStart;
    private int _gameCalls;
    private long _pausedUntil;
    private IDisposable? _alarm;

    /// <param name="perMinute">How many calls may start in any 60 s, the game's own included.</param>
    /// <param name="scheduler">The clock, and where a call that had to wait starts.</param>
    internal HttpBudget(int perMinute, IScheduler scheduler)
    {
        if (perMinute < 1) throw new ArgumentOutOfRangeException(nameof(perMinute), perMinute, "Must be positive.");
        _freeAt = new long[perMinute];
        _scheduler = scheduler;
    }

    /// <summary>Whether a pause is under way.</summary>
    internal bool IsPaused
    {
        get
        {
            lock (_gate) return _clock.Read(_scheduler.Now) < _pausedUntil;
        }
    }

    /// <summary>Puts a call in the queue. Cold: each subscription takes a turn of its own; disposing it gives the turn or the call up.</summary>
    /// <param name="call">The call.</param>
    /// <param name="kind">What it takes turns by: calls of one kind go in order, of several in rounds.</param>
    /// <param name="held">
    /// Told how long the call has to wait for its turn, and again when that changes; not while it only waits for the game's calls. On
    /// any thread.
    /// </param>
    /// <returns>What the call gives: at once on the subscriber's thread when its turn has come, else on the scheduler or behind a game's call.</returns>
    internal IObservable<T> Enqueue<T>(IObservable<T> call, string kind = "", Action<TimeSpan>? held = null) => Observable.Create<T>(observer =>
    {
        var running = new SingleAssignmentDisposable();
        LinkedListNode<Place> place;
        lock (_gate) place = Insert(kind, Start, held);
        StartDue();
        return StableCompositeDisposable.Create(Disposable.Create(() => Leave(place)), running);

        void Start()
        {
            if (!running.IsDisposed) running.Disposable = call.SubscribeSafe(observer);
        }
    });

    /// <summary>A call of the game itself has begun in this bucket: it never waits, the queue waits for it.</summary>
    /// <returns>To be disposed when the call has ended.</returns>
    internal IDisposable GameCall()
    {
        lock (_gate)
        {
            _gameCalls++;
            LogStart(_clock.Read(_scheduler.Now));
        }

        return Disposable.Create(() =>
        {
            lock (_gate) _gameCalls--;
            StartDue();
        });
    }

    /// <summary>Starts nothing for a while: after a 429. The longest pause wins.</summary>
    internal void PauseFor(TimeSpan pause)
    {
        lock (_gate)
        {
            var now = _clock.Read(_scheduler.Now);
            _pausedUntil = Math.Max(_pausedUntil, Saturating.Sum(TimeSpan.FromTicks(now), pause).Ticks);
        }

        // Starts nothing, but tells those who wait.
        StartDue();
    }

    /// <summary>Ends a pause before its time. How many calls a minute may have is another matter, and stays.</summary>
    internal void EndPause()
    {
        lock (_gate) _pausedUntil = long.MinValue;
        StartDue();
    }

    private void StartDue()
    {
        while (TryTakeTurn(out var start))
        {
            try
            {
                start();
            }
            catch
            {
                // Somebody's observer threw. That is for whoever runs this to hear of; the queue must go on.
                _scheduler.Schedule(StartDue);
                throw;
            }
        }
    }

    private bool TryTakeTurn(out Action start)
    {
        start = static () => { };
        var alarm = new SingleAssignmentDisposable();
        IDisposable? replaced;
        long wait;
        List<(Action<TimeSpan> Held, TimeSpan Wait)> news;
        lock (_gate)
        {
            if (_queue.First?.Value is not { } first || _gameCalls > 0) return false;

            var now = _clock.Read(_scheduler.Now);
            wait = Math.Max(_pausedUntil, _freeAt[_nextStart]) - now;
            if (wait <= 0)
            {
                _queue.RemoveFirst();
                LogStart(now);
                if (first.Round > _round) _startedInRound.Clear();
                _round = first.Round;
                _startedInRound.Add(first.Kind);
                start = first.Start;
                return true;
            }

            replaced = _alarm;
            _alarm = alarm;
            news = News(now);
        }

        foreach (var (held, time) in news) held(time);
        replaced?.Dispose();
        alarm.Disposable = _scheduler.Schedule(TimeSpan.FromTicks(Math.Min(wait, LongestNap)), StartDue);
        return false;
    }

    /// <summary>Whose turn comes at another time than they were told.</summary>
    private List<(Action<TimeSpan> Held, TimeSpan Wait)> News(long now)
    {
        var news = new List<(Action<TimeSpan> Held, TimeSpan Wait)>();
        var ahead = 0;
        foreach (var place in _queue)
        {
            var turn = Math.Max(_pausedUntil, _freeAt[(_nextStart + ahead) % _freeAt.Length] + (ahead / _freeAt.Length * Window));
            if (place.Held is { } held && place.Told != turn) news.Add((held, TimeSpan.FromTicks(turn - now)));
            place.Told = turn;
            ahead++;
        }

        return news;
    }

    private LinkedListNode<Place> Insert(string kind, Action start, Action<TimeSpan>? held)
    {
        var last = _queue.Last;
        while (last is not null && last.Value.Kind != kind) last = last.Previous;
        var round = last is not null ? last.Value.Round + 1 : _startedInRound.Contains(kind) ? _round + 1 : _round;
        var before = _queue.Last;
        while (before is not null && before.Value.Round > round) before = before.Previous;
        var place = new Place(kind, round, start, held);
        return before is null ? _queue.AddFirst(place) : _queue.AddAfter(before, place);
    }

    private void LogStart(long now)
    {
        _freeAt[_nextStart] = now + Window;
        _nextStart = (_nextStart + 1) % _freeAt.Length;
    }

    private void Leave(LinkedListNode<Place> place)
    {
        IDisposable? needless = null;
        lock (_gate)
        {
            if (place.List is null) return;
            _queue.Remove(place);
            if (_queue.Count == 0) needless = _alarm;
        }

        needless?.Dispose();
    }

    /// <summary>A place in the queue.</summary>
    private sealed class Place(string kind, long round, Action start, Action<TimeSpan>? held)
    {
        internal string Kind { get; } = kind;

        internal long Round { get; } = round;

        internal Action Start { get; } = start;

        internal Action<TimeSpan>? Held { get; } = held;

        /// <summary>The turn that was told.</summary>
        internal long Told { get; set; } = long.MinValue;
    }
}
