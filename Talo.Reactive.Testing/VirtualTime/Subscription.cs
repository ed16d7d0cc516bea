using System;
using System.Globalization;

namespace Talo.Reactive.Testing;

/// <summary>From when to when somebody was subscribed to a scripted sequence.</summary>
public readonly struct Subscription : IEquatable<Subscription>
{
    /// <summary>The end of a subscription that was never disposed.</summary>
    public const long Infinite = long.MaxValue;

    /// <summary>Notes a subscription that goes on.</summary>
    /// <param name="subscribe">The tick of the subscription.</param>
    public Subscription(long subscribe)
        : this(subscribe, Infinite)
    {
    }

    /// <summary>Notes a subscription that ended.</summary>
    /// <param name="subscribe">The tick of the subscription.</param>
    /// <param name="unsubscribe">The tick of its disposal.</param>
    public Subscription(long subscribe, long unsubscribe)
    {
        Subscribe = subscribe;
        Unsubscribe = unsubscribe;
    }

    /// <summary>The tick of the subscription.</summary>
    public long Subscribe { get; }

    /// <summary>The tick of its disposal, or <see cref="Infinite"/>.</summary>
    public long Unsubscribe { get; }

    /// <summary>Equal beginnings and equal ends.</summary>
    public static bool operator ==(Subscription left, Subscription right) => left.Equals(right);

    /// <summary>The opposite of equality.</summary>
    public static bool operator !=(Subscription left, Subscription right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Subscription other) => Subscribe == other.Subscribe && Unsubscribe == other.Unsubscribe;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Subscription other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Subscribe, Unsubscribe);

    /// <summary>Both ticks, as <c>(200, 1000)</c> or <c>(200, Infinite)</c>.</summary>
    public override string ToString() => Unsubscribe == Infinite
        ? string.Format(CultureInfo.InvariantCulture, "({0}, Infinite)", Subscribe)
        : string.Format(CultureInfo.InvariantCulture, "({0}, {1})", Subscribe, Unsubscribe);
}
