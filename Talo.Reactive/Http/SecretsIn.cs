using System;
using System.Text.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Http;

/// <summary>Finds the secrets in a JSON text by their member names, so that they are known before the text is told to anybody.</summary>
internal static class SecretsIn
{
    /// <summary>More than any answer of Talo holds; a text with more of them would drive those in use out of the redactor.</summary>
    internal const int Most = 16;

    /// <summary>
    /// Keeps the secrets of a text. False where the text may hold some that were not found, and must not be shown: it is no JSON that
    /// can be read, or holds too many or too long ones.
    /// </summary>
    /// <remarks>Reads names and values as the readers of answers do: what they take for a token is found here.</remarks>
    internal static bool TryKeep(ReadOnlySpan<byte> json, Redactor redactor)
    {
        var reader = new Utf8JsonReader(json, Payload.Options);
        var count = 0;
        try
        {
            while (!json.IsEmpty && reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName) continue;
                var name = JsonText.Utf8(ref reader);
                var isTicket = name.SequenceEqual("ticket"u8);
                if (!isTicket && !IsToken(name)) continue;
                reader.Read();
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) continue;
                if (Token.TextOrNull(ref reader) is not { } secret) continue;
                if (++count > Most || secret.Length > SecretLength.Max) return false;
                if (isTicket) redactor.AddShortLived(secret);
                else redactor.Add(secret);
            }

            return true;
        }
        catch (Exception error) when (Payload.IsUnreadable(error))
        {
            return false;
        }
    }

    private static bool IsToken(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("socketToken"u8) || name.SequenceEqual("sessionToken"u8) || name.SequenceEqual("refreshToken"u8);
}
