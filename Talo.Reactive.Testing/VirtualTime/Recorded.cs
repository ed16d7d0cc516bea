using System;
using System.Collections.Generic;
using System.Globalization;

namespace Talo.Reactive.Testing;

/// <summary>A value with the tick at which it was seen or is to be sent.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly struct Recorded<T> : IEquatable<Recorded<T>>
{
    /// <summary>Notes a value.</summary>
    /// <param name="time">The tick.</param>
    /// <param name="value">The value.</param>
    public Recorded(long time, T value)
    {
        Time = time;
        Value = value;
    }

    /// <summary>The tick.</summary>
    public long Time { get; }

    /// <summary>The value.</summary>
    public T Value { get; }

    /// <summary>Equal times and equal values; a predicate on either side is asked about the other.</summary>
    public static bool operator ==(Recorded<T> left, Recorded<T> right) => left.Equals(right);

    /// <summary>The opposite of equality.</summary>
    public static bool operator !=(Recorded<T> left, Recorded<T> right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Recorded<T> other) =>
        Time == other.Time
        && (other.Value is IPredicateNotification
            ? EqualityComparer<T>.Default.Equals(other.Value, Value)
            : EqualityComparer<T>.Default.Equals(Value, other.Value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Recorded<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Time, Value);

    /// <summary>The value and the tick, as <c>value@tick</c>.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}@{1}", Value, Time);
}
