using System;
using System.Text.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Http;

/// <summary>Finds the secrets in a JSON text by their member names, so that they are known before the text is told to anybody.</summary>
internal static class SecretsIn
{
    internal static void Reply(ReadOnlySpan<byte> json, Redactor redactor)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName) continue;
                var isTicket = reader.ValueTextEquals("ticket"u8);
                var isToken = reader.ValueTextEquals("socketToken"u8) || reader.ValueTextEquals("sessionToken"u8) || reader.ValueTextEquals("refreshToken"u8);
                if (!isTicket && !isToken) continue;
                if (!reader.Read() || reader.TokenType != JsonTokenType.String) continue;
                if (isTicket) redactor.AddShortLived(reader.GetString());
                else redactor.Add(reader.GetString());
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON: whoever reads the body says so.
        }
    }
}
