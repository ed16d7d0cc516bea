using System;
using System.Reactive;

namespace Talo.Reactive.Testing;

/// <summary>One event of a marble diagram.</summary>
public readonly struct Marble : IEquatable<Marble>
{
    /// <summary>Describes an event.</summary>
    /// <param name="frame">The frame in which it happens; 0 is the subscription.</param>
    /// <param name="kind">A value, an error or the completion.</param>
    /// <param name="symbol">The letter or digit of a value; ignored for the others.</param>
    public Marble(int frame, NotificationKind kind, char symbol = default)
    {
        Frame = frame;
        Kind = kind;
        Symbol = kind switch
        {
            NotificationKind.OnError => '#',
            NotificationKind.OnCompleted => '|',
            _ => symbol,
        };
    }

    /// <summary>The frame in which it happens; 0 is the subscription, negative is before it.</summary>
    public int Frame { get; }

    /// <summary>A value, an error or the completion.</summary>
    public NotificationKind Kind { get; }

    /// <summary>Its character: the letter or digit of a value, <c>#</c> or <c>|</c>.</summary>
    public char Symbol { get; }

    /// <summary>Equal frames and equal characters.</summary>
    public static bool operator ==(Marble left, Marble right) => left.Equals(right);

    /// <summary>The opposite of equality.</summary>
    public static bool operator !=(Marble left, Marble right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Marble other) => Frame == other.Frame && Kind == other.Kind && Symbol == other.Symbol;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Marble other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Frame, Kind, Symbol);

    /// <summary>The character and the frame, as <c>a@2</c>.</summary>
    public override string ToString() => $"{Symbol}@{Frame}";
}
