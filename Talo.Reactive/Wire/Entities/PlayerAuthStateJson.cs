using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class PlayerAuthStateJson
{
    internal static PlayerAuthState Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        string? email = null;
        bool? verificationEnabled = null;
        DateTimeOffset? sessionCreatedAt = null;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("email"u8)) email = Token.TextOrNull(ref reader);
            else if (member.SequenceEqual("verificationEnabled"u8)) verificationEnabled = Token.BooleanOrNull(ref reader);
            else if (member.SequenceEqual("sessionCreatedAt"u8)) sessionCreatedAt = Token.Date(ref reader);
            else reader.Skip();
        }

        return new PlayerAuthState
        {
            Email = email,
            VerificationEnabled = verificationEnabled,
            SessionCreatedAt = sessionCreatedAt,
        };
    }

    internal static void Write(JsonWriter writer, PlayerAuthState entity)
    {
        writer.WriteStartObject();
        if (entity.Email is not null) writer.Member("email", entity.Email);
        if (entity.VerificationEnabled is { } verificationEnabled) writer.Member("verificationEnabled", verificationEnabled);
        writer.Member("sessionCreatedAt", entity.SessionCreatedAt);
        writer.WriteEndObject();
    }
}
