using System;
using System.Collections.Generic;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using Talo.Reactive.Dispatch;

namespace Talo.Reactive;

/// <summary>
/// A scheduler that the game pumps once a frame: what is observed on it runs inside <see cref="Tick"/>, on the game's thread,
/// and nowhere else.
/// </summary>
/// <example>
/// <code>
/// talo.Channels.Messages.ObserveOn(gameLoop).SubscribeGuarded(m => hud.Add(m.Message));
/// // once a frame:
/// gameLoop.Tick(TimeSpan.FromMilliseconds(2));
/// </code>
/// </example>
/// <remarks>Anything may be scheduled from any thread. Nothing runs while the game does not tick, timed work included.</remarks>
public sealed class GameLoop : LocalScheduler
{
    private readonly object gate = new();
    private readonly IScheduler clock;

    // Waits and budgets go by time that has passed: the player may set the machine's clock while the game runs.
    private readonly IStopwatch watch;
    private readonly Queue<IScheduledItem<TimeSpan>> ready = new();
    private readonly SchedulerQueue<TimeSpan> later = new();

    /// <summary>Makes a loop.</summary>
    /// <param name="clock">What tells the time; null for the machine's clock. In a test, the test scheduler.</param>
    public GameLoop(IScheduler? clock = null)
    {
        this.clock = OptionRules.Scheduler(clock);
        watch = this.clock.StartStopwatch();
    }

    /// <inheritdoc/>
    public override DateTimeOffset Now => clock.Now;

    /// <summary>
    /// How many pieces of work wait for the next tick. One that grows says that the game ticks too rarely or handlers take too
    /// long. An <c>ObserveOn</c> is one piece, however many values wait in it.
    /// </summary>
    public int Backlog
    {
        get
        {
            lock (gate)
            {
                CollectDue();
                return ready.Count;
            }
        }
    }

    /// <summary>Runs what is due, in order. Call it once a frame, always from the same thread.</summary>
    /// <param name="budget">
    /// The time after which nothing more is begun in this frame; the rest keeps its order and comes with the next tick. At least
    /// one piece of work runs. Null for no limit.
    /// </param>
    /// <returns>How many pieces of work ran.</returns>
    /// <exception cref="Exception">Whatever a handler throws that is not guarded; the rest comes with the next tick.</exception>
    public int Tick(TimeSpan? budget = null)
    {
        var began = watch.Elapsed;
        var ran = 0;
        while (TryTake(out var item))
        {
            ran++;
            item.Invoke();
            if (budget is { } most && watch.Elapsed - began >= most) break;
        }

        return ran;
    }

    /// <inheritdoc/>
    public override IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action)
    {
        if (action is null) throw new ArgumentNullException(nameof(action));
        var due = dueTime > TimeSpan.Zero ? Saturating.Sum(watch.Elapsed, dueTime) : TimeSpan.Zero;
        var item = new ScheduledItem<TimeSpan, TState>(this, state, action, due);
        lock (gate)
        {
            if (dueTime > TimeSpan.Zero) later.Enqueue(item);
            else ready.Enqueue(item);
        }

        return Disposable.Create(item, static x => x.Cancel());
    }

    private bool TryTake(out IScheduledItem<TimeSpan> item)
    {
        lock (gate)
        {
            CollectDue();
            return ready.TryDequeue(out item!);
        }
    }

    private void CollectDue()
    {
        while (later.Count > 0 && later.Peek().DueTime <= watch.Elapsed) ready.Enqueue(later.Dequeue());
    }
}
