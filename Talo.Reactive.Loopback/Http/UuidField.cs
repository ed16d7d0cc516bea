using System.Text.RegularExpressions;

namespace Talo.Reactive.Loopback.Http;

/// <summary>A UUID as Talo takes one: with its hyphens, of a known version and variant, or all zeros or ones.</summary>
internal static partial class UuidField
{
    public static string? Fault(string text) => Pattern().IsMatch(text) ? null : "Invalid UUID";

    [GeneratedRegex(
        @"\A([0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
        + @"|0{8}-(0{4}-){3}0{12}|f{8}-(f{4}-){3}f{12})\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
