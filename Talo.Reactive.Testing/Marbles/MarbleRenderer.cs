using System;
using System.Collections.Generic;
using System.Globalization;
using System.Reactive;
using System.Text;

namespace Talo.Reactive.Testing;

internal static class MarbleRenderer
{
    // Up to nine dashes can be counted at a glance.
    private const int LongSilence = 10;

    internal static string Render(IEnumerable<Marble> marbles)
    {
        var diagram = new StringBuilder();
        var frame = 0;
        foreach (var (at, symbols) in Frames(marbles))
        {
            if (at < frame) throw new ArgumentException($"Frame {at} is before frame {frame}: events are rendered in order, from frame 0.", nameof(marbles));
            AppendSilence(diagram, at - frame);
            if (symbols.Length == 1) diagram.Append(symbols);
            else diagram.Append('(').Append(symbols).Append(')');
            frame = at + 1;
        }

        return diagram.ToString();
    }

    private static IEnumerable<(int Frame, string Symbols)> Frames(IEnumerable<Marble> marbles)
    {
        var symbols = new StringBuilder();
        var frame = 0;
        foreach (var marble in marbles)
        {
            Check(marble, symbols.Length > 0 ? symbols[^1] : default);
            if (symbols.Length > 0 && marble.Frame != frame)
            {
                yield return (frame, symbols.ToString());
                symbols.Clear();
            }

            frame = marble.Frame;
            symbols.Append(marble.Symbol);
        }

        if (symbols.Length > 0) yield return (frame, symbols.ToString());
    }

    private static void Check(Marble marble, char before)
    {
        if (marble.Kind == NotificationKind.OnNext && !char.IsLetterOrDigit(marble.Symbol))
            throw new ArgumentException($"A value is rendered as a letter or a digit, not as '{marble.Symbol}'.", nameof(marble));
        if (before is '|' or '#')
            throw new ArgumentException($"'{marble.Symbol}' comes after the end of the sequence.", nameof(marble));
    }

    private static void AppendSilence(StringBuilder diagram, int frames)
    {
        if (frames >= LongSilence) diagram.AppendFormat(CultureInfo.InvariantCulture, "[{0}]", frames);
        else diagram.Append('-', frames);
    }
}
