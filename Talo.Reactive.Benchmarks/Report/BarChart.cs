using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Talo.Reactive.Benchmarks.Report;

internal enum BarKind
{
    Limit,
    Ours,
    Other,
}

/// <param name="Label">What stands before it.</param>
/// <param name="Value">How long it is.</param>
/// <param name="Text">What stands behind it.</param>
/// <param name="Kind">Its colour.</param>
internal sealed record Bar(string Label, double Value, string Text, BarKind Kind);

/// <summary>A small writer of horizontal bar charts.</summary>
internal static class BarChart
{
    private const int Width = 900;
    private const int LabelWidth = 330;
    private const int TextWidth = 250;
    private const int Top = 48;
    private const int Step = 28;
    private const int Thickness = 18;

    internal static string Svg(string title, string caption, IReadOnlyList<Bar> bars)
    {
        var height = Top + (bars.Count * Step) + 36;
        var scale = (Width - LabelWidth - TextWidth) / bars.Max(static x => x.Value);
        var lines = bars.SelectMany((bar, i) => Lines(bar, Top + (i * Step), scale));
        return $$"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{{Width}}" height="{{height}}" viewBox="0 0 {{Width}} {{height}}" role="img">
            <title>{{Escaped(title)}}</title>
            <style>
              text { font: 13px system-ui, sans-serif; fill: #1f2328 }
              .title { font-size: 15px; font-weight: 600 } .label { text-anchor: end } .caption { font-size: 11px; fill: #59636e }
              .limit { fill: #8c959f } .ours { fill: #1a7f64 } .other { fill: #bf5b2c }
              @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .caption { fill: #9198a1 } .ours { fill: #3fb68b } .other { fill: #e0824f } }
            </style>
            <text class="title" x="12" y="26">{{Escaped(title)}}</text>
            {{string.Join("\n", lines)}}
            <text class="caption" x="12" y="{{height - 12}}">{{Escaped(caption)}}</text>
            </svg>

            """;
    }

    private static IEnumerable<string> Lines(Bar bar, int y, double scale)
    {
        var length = Math.Max(1, bar.Value * scale);
        var colour = bar.Kind switch { BarKind.Ours => "ours", BarKind.Other => "other", _ => "limit" };
        var middle = y + 14;
        yield return $"""<text class="label" x="{LabelWidth - 10}" y="{middle}">{Escaped(bar.Label)}</text>""";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"""<rect class="{colour}" x="{LabelWidth}" y="{y}" width="{length:0.#}" height="{Thickness}" rx="2"/>""");
        yield return string.Create(
            CultureInfo.InvariantCulture, $"""<text x="{LabelWidth + length + 8:0.#}" y="{middle}">{Escaped(bar.Text)}</text>""");
    }

    private static string Escaped(string text) => System.Security.SecurityElement.Escape(text);
}
