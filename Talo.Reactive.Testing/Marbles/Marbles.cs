using System;
using System.Collections.Generic;

namespace Talo.Reactive.Testing;

/// <summary>Marble diagrams: sequences in time, written as strings.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>-</c></term><description>one frame in which nothing happens</description></item>
/// <item><term><c>a</c> … <c>Z</c>, <c>0</c> … <c>9</c></term><description>one frame with a value; any letter or digit</description></item>
/// <item><term><c>(ab|)</c></term><description>one frame with several events, in this order</description></item>
/// <item><term><c>[58]</c></term><description>58 frames in which nothing happens</description></item>
/// <item><term><c>|</c></term><description>one frame with the completion; nothing follows</description></item>
/// <item><term><c>#</c></term><description>one frame with an error; nothing follows</description></item>
/// <item><term><c>^</c></term><description>one frame, number 0, at which a hot sequence is subscribed to: what is before it has happened already</description></item>
/// <item><term>space</term><description>no time; for lining diagrams up</description></item>
/// </list>
/// The first frame is number 0. How long a frame lasts is said where a diagram is played or recorded; one second by default.
/// </remarks>
public static class Marbles
{
    /// <summary>The error of a <c>#</c> for which no other was given.</summary>
    public static Exception Error { get; } = new InvalidOperationException("The # of a marble diagram.");

    /// <summary>Reads a diagram.</summary>
    /// <returns>Its events, in order.</returns>
    /// <exception cref="FormatException">It is no diagram; the text says in which column and why.</exception>
    public static IReadOnlyList<Marble> Parse(string diagram) =>
        new MarbleParser(diagram ?? throw new ArgumentNullException(nameof(diagram))).Parse();

    /// <summary>
    /// Writes events as a diagram in canonical form: events of one frame in parentheses, ten or more frames of silence as
    /// a number, no silence after the last event. Parsing it gives the same events.
    /// </summary>
    /// <param name="marbles">Events in order of their frames, none before frame 0.</param>
    public static string Render(IEnumerable<Marble> marbles) =>
        MarbleRenderer.Render(marbles ?? throw new ArgumentNullException(nameof(marbles)));

    /// <summary>Brings a diagram into canonical form, so that one written for the eye can be compared with one that was recorded.</summary>
    public static string Canonical(string diagram) => Render(Parse(diagram));
}
