using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Talo.Reactive.Benchmarks.Report;

/// <summary>A table as README files have it: the first column is text, the others are figures.</summary>
internal static class Markdown
{
    internal static string Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder();
        Row(text, head);
        text.Append('|');
        for (var i = 0; i < head.Count; i++) text.Append(i == 0 ? "---|" : "---:|");
        text.Append('\n');
        foreach (var row in rows) Row(text, row);
        return text.ToString();
    }

    /// <summary>A figure with thousands apart and nothing behind the point.</summary>
    internal static string Number(double value) => Math.Round(value).ToString("N0", CultureInfo.InvariantCulture);

    internal static string Ratio(double value) => value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + "×";

    private static void Row(StringBuilder text, IReadOnlyList<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
