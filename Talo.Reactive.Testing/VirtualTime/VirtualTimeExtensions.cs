using System;
using Microsoft.Reactive.Testing;

namespace Talo.Reactive.Testing;

/// <summary>Moves the clock of a <see cref="TestScheduler"/> in dates and spans rather than in ticks.</summary>
/// <remarks>
/// The clock counts ticks of 100 ns from 0001-01-01T00:00Z and moves only when a test moves it. Work that is due now or earlier
/// runs one tick later, so each hop over the scheduler costs a tick.
/// </remarks>
public static class VirtualTimeExtensions
{
    /// <summary>Sets a new clock to the date at which a test begins.</summary>
    /// <param name="scheduler">The clock. What it was given to do before that date is done now.</param>
    /// <param name="date">The date, of any offset; the clock shows it in UTC. Not before the scheduler's <c>Now</c>.</param>
    /// <returns>The same scheduler.</returns>
    /// <example>
    /// <code>var scheduler = new TestScheduler().StartAt(new DateTimeOffset(2026, 3, 2, 18, 0, 0, TimeSpan.Zero));</code>
    /// </example>
    public static TestScheduler StartAt(this TestScheduler scheduler, DateTimeOffset date)
    {
        scheduler.AdvanceTo(date);
        return scheduler;
    }

    /// <summary>Runs what falls due in the next stretch of time, then leaves the clock at its end.</summary>
    /// <param name="scheduler">The clock.</param>
    /// <param name="time">The stretch; not negative. Zero runs nothing.</param>
    /// <exception cref="InvalidOperationException">The scheduler runs already: a scheduled action may not advance it.</exception>
    public static void AdvanceBy(this TestScheduler scheduler, TimeSpan time) => Given(scheduler).AdvanceBy(time.Ticks);

    /// <summary>Runs what falls due up to and at a date, then leaves the clock there.</summary>
    /// <param name="scheduler">The clock.</param>
    /// <param name="date">The date, of any offset; not before the scheduler's <c>Now</c>.</param>
    /// <exception cref="InvalidOperationException">The scheduler runs already: a scheduled action may not advance it.</exception>
    public static void AdvanceTo(this TestScheduler scheduler, DateTimeOffset date) =>
        Given(scheduler).AdvanceTo(date.UtcTicks);

    private static TestScheduler Given(TestScheduler scheduler) =>
        scheduler ?? throw new ArgumentNullException(nameof(scheduler));
}
