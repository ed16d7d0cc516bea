using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>
/// Text that a server must send to the letter, but for the placeholders in it:
/// <list type="bullet">
/// <item><c>&lt;id&gt;</c> a whole number; <c>&lt;count&gt;</c> likewise</item>
/// <item><c>&lt;uuid&gt;</c> a lower-case UUID, without its quotes</item>
/// <item><c>&lt;time&gt;</c> a date with milliseconds, without its quotes</item>
/// <item><c>&lt;token&gt;</c> any text without quotes in it, such as a JWT</item>
/// <item><c>&lt;text&gt;</c> the inside of any JSON string</item>
/// <item><c>&lt;presence&gt;</c> null or the presence of a player, whatever it says</item>
/// </list>
/// </summary>
internal static partial class Template
{
    private const string Time = @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z";

    private static readonly Dictionary<string, Regex> Placeholders = new()
    {
        ["<id>"] = new(@"\G\d+"),
        ["<count>"] = new(@"\G\d+"),
        ["<uuid>"] = new(@"\G[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
        ["<time>"] = new(@"\G" + Time),
        ["<token>"] = new(@"\G[^""\\]+"),
        ["<text>"] = new(@"\G(?:[^""\\]|\\.)*"),
        ["<presence>"] = new(
            @"\G(?:null|\{""online"":(?:true|false),""customStatus"":""(?:[^""\\]|\\.)*"",""updatedAt"":""" + Time + @"""\})"),
    };

    /// <summary>Fails, with both texts and where they part, unless <paramref name="actual"/> is as in the template.</summary>
    public static void Check(string actual, string template, string what)
    {
        if (Mismatch(actual, template) is not { } at)
            return;
        Assert.Fail($"""
            {what} differs at character {at.Actual}:
              expected  …{Around(template, at.Template)}
              actual    …{Around(actual, at.Actual)}
            expected as a whole: {template}
            actual as a whole:   {actual}
            """);
    }

    public static bool Matches(string actual, string template) => Mismatch(actual, template) is null;

    private static (int Actual, int Template)? Mismatch(string actual, string template)
    {
        var at = 0;
        var from = 0;
        while (true)
        {
            var placeholder = Placeholder().Match(template, from);
            var until = placeholder.Success ? placeholder.Index : template.Length;
            for (; from < until; from++, at++)
            {
                if (at == actual.Length || actual[at] != template[from])
                    return (at, from);
            }
            if (!placeholder.Success)
                return at == actual.Length ? null : (at, from);
            var found = Placeholders[placeholder.Value].Match(actual, at);
            if (!found.Success)
                return (at, from);
            at += found.Length;
            from += placeholder.Length;
        }
    }

    private static string Around(string text, int at)
    {
        var start = Math.Max(0, at - 30);
        return text[start..at] + "⟦here⟧" + text[at..Math.Min(text.Length, at + 60)];
    }

    [GeneratedRegex("<(?:id|count|uuid|time|token|text|presence)>")]
    private static partial Regex Placeholder();
}
