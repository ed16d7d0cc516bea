using System;
using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;

namespace Talo.Reactive.Testing;

/// <summary>
/// A scheduler whose clock moves only when a test moves it. Single-threaded: everything that falls due runs inside
/// <see cref="AdvanceBy(TimeSpan)"/>, <c>AdvanceTo</c> or <c>Start</c>, in the order of its time and, at one time, in the
/// order it was scheduled.
/// </summary>
/// <remarks>
/// Member names and timing are those of Microsoft.Reactive.Testing, so that a test moves between the two by its
/// <c>using</c>. The clock counts ticks of 100 ns from 0. Work that is due now or earlier runs one tick later, so each hop
/// over the scheduler costs a tick.
/// </remarks>
public class TestScheduler : VirtualTimeScheduler<long, long>
{
    private readonly DateTimeOffset _origin;
    private TimeSpan _frame = TimeSpan.FromSeconds(1);

    /// <summary>Makes a clock that begins at 0001-01-01T00:00Z, where the one of Microsoft.Reactive.Testing begins.</summary>
    public TestScheduler()
        : this(DateTimeOffset.MinValue)
    {
    }

    /// <summary>Makes a clock that begins at an instant: there <c>Clock</c> is 0 and <c>Now</c> is that instant.</summary>
    /// <param name="start">The instant; kept in UTC.</param>
    public TestScheduler(DateTimeOffset start) => _origin = start.ToUniversalTime();

    /// <summary>How long one character of a marble diagram lasts on this scheduler. The default is one second.</summary>
    /// <value>More than zero.</value>
    public TimeSpan Frame
    {
        get => _frame;
        set => _frame = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A frame lasts longer than zero.");
    }

    /// <summary>Makes a clock that begins at 1970-01-01T00:00Z, for code that counts in Unix time.</summary>
    public static TestScheduler AtUnixEpoch() => new(DateTimeOffset.UnixEpoch);

    /// <summary>Runs what falls due in the next stretch of time, then leaves the clock at its end.</summary>
    /// <param name="time">The stretch; not negative. Zero runs nothing.</param>
    /// <exception cref="InvalidOperationException">The scheduler is already running: a scheduled action may not advance it.</exception>
    public void AdvanceBy(TimeSpan time) => AdvanceBy(time.Ticks);

    /// <summary>Runs what falls due up to and at an instant, then leaves the clock there.</summary>
    /// <param name="time">The instant; not before <c>Now</c>.</param>
    /// <exception cref="InvalidOperationException">The scheduler is already running: a scheduled action may not advance it.</exception>
    public void AdvanceTo(DateTimeOffset time) => AdvanceTo((time - _origin).Ticks);

    /// <inheritdoc/>
    /// <remarks>A time that is not after the clock is moved to the next tick.</remarks>
    public override IDisposable ScheduleAbsolute<TState>(TState state, long dueTime, Func<IScheduler, TState, IDisposable> action) =>
        base.ScheduleAbsolute(state, Math.Max(dueTime, Clock + 1), action);

    /// <summary>
    /// Makes a sequence at one time, subscribes to it at another, disposes the subscription at a third, and runs the
    /// scheduler until nothing is left to run.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="create">Makes the sequence.</param>
    /// <param name="created">The tick at which it is made.</param>
    /// <param name="subscribed">The tick at which it is subscribed to.</param>
    /// <param name="disposed">The tick at which the subscription is disposed.</param>
    /// <returns>What the sequence sent, with its times.</returns>
    public ITestableObserver<T> Start<T>(Func<IObservable<T>> create, long created, long subscribed, long disposed)
    {
        _ = create ?? throw new ArgumentNullException(nameof(create));
        IObservable<T>? source = null;
        var observer = CreateObserver<T>();
        var subscription = new SingleAssignmentDisposable();
        this.ScheduleAbsolute(created, () => source = create());
        this.ScheduleAbsolute(subscribed, () => subscription.Disposable = source!.Subscribe(observer));
        this.ScheduleAbsolute(disposed, subscription.Dispose);
        Start();
        return observer;
    }

    /// <summary>Makes a sequence at tick 100, subscribes to it at 200, disposes the subscription, and runs until nothing is left.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="create">Makes the sequence.</param>
    /// <param name="disposed">The tick at which the subscription is disposed.</param>
    /// <returns>What the sequence sent, with its times.</returns>
    public ITestableObserver<T> Start<T>(Func<IObservable<T>> create, long disposed) =>
        Start(create, ReactiveTest.Created, ReactiveTest.Subscribed, disposed);

    /// <summary>Makes a sequence at tick 100, subscribes to it at 200, disposes the subscription at 1000, and runs until nothing is left.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="create">Makes the sequence.</param>
    /// <returns>What the sequence sent, with its times.</returns>
    public ITestableObserver<T> Start<T>(Func<IObservable<T>> create) => Start(create, ReactiveTest.Disposed);

    /// <summary>Makes a sequence that sends at fixed times of the clock, whether or not somebody is subscribed.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="messages">What it sends; the times are ticks of the clock.</param>
    public ITestableObservable<T> CreateHotObservable<T>(params Recorded<Notification<T>>[] messages) =>
        new HotObservable<T>(this, messages ?? throw new ArgumentNullException(nameof(messages)));

    /// <summary>Makes a sequence that sends anew to each observer, counted from its subscription.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="messages">What it sends; the times are ticks after the subscription.</param>
    public ITestableObservable<T> CreateColdObservable<T>(params Recorded<Notification<T>>[] messages) =>
        new ColdObservable<T>(this, messages ?? throw new ArgumentNullException(nameof(messages)));

    /// <summary>Makes an observer that notes what it is sent, and when.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    public ITestableObserver<T> CreateObserver<T>() => new RecordingObserver<T>(this);

    /// <inheritdoc/>
    /// <remarks>A sum beyond the last tick is the last tick, so that a wait "for ever" never comes due early.</remarks>
    protected override long Add(long absolute, long relative) =>
        relative > 0 && absolute > long.MaxValue - relative ? long.MaxValue : absolute + relative;

    /// <inheritdoc/>
    protected override DateTimeOffset ToDateTimeOffset(long absolute) => _origin.AddTicks(absolute);

    /// <inheritdoc/>
    protected override long ToRelative(TimeSpan timeSpan) => timeSpan.Ticks;
}
