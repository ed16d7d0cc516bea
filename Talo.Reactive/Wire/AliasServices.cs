using System;
using System.Text.Json;

namespace Talo.Reactive.Wire;

/// <summary>The services that aliases mostly are of: one string for each, however many players there are.</summary>
internal static class AliasServices
{
    private static readonly string[] Names = ["username", "email", "custom", "steam", "epic", "talo", "google_play_games", "game_center"];

    internal static string Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped)
        {
            foreach (var name in Names)
            {
                if (IsAscii(reader.ValueSpan, name)) return name;
            }
        }

        return Token.Text(ref reader);
    }

    private static bool IsAscii(ReadOnlySpan<byte> text, string name)
    {
        if (text.Length != name.Length) return false;
        for (var i = 0; i < name.Length; i++)
        {
            if (text[i] != name[i]) return false;
        }

        return true;
    }
}
