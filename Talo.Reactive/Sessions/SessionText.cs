using System;
using System.IO;
using System.Text.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Sessions;

/// <summary>A session as a file holds it.</summary>
internal static class SessionText
{
    internal static byte[] Write(PlayerSession session)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("playerId", session.PlayerId);
            json.WriteNumber("aliasId", session.AliasId);
            json.WriteString("identifier", session.Identifier);
            json.WriteString("sessionToken", session.SessionToken);
            if (session.RefreshToken is { } refresh) json.WriteString("refreshToken", refresh);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">It is no session.</exception>
    internal static PlayerSession Read(ReadOnlySpan<byte> text)
    {
        PlayerSession session;
        try
        {
            session = Payload.Read(text, Read);
        }
        catch (TaloPayloadException error)
        {
            // Not the error itself as the inner one: nothing of the file is to show.
            throw new InvalidDataException($"It is damaged: {error.Problem}.");
        }

        return session is { PlayerId.Length: > 0, SessionToken.Length: > 0 } ? session : throw new InvalidDataException("It lacks a player or a token.");
    }

    private static PlayerSession Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var session = new PlayerSession();
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("playerId"u8)) session = session with { PlayerId = Token.Text(ref reader) };
            else if (member.SequenceEqual("aliasId"u8)) session = session with { AliasId = Token.Int32(ref reader) };
            else if (member.SequenceEqual("identifier"u8)) session = session with { Identifier = Token.Text(ref reader) };
            else if (member.SequenceEqual("sessionToken"u8)) session = session with { SessionToken = Token.SecretOrNull(ref reader) ?? "" };
            else if (member.SequenceEqual("refreshToken"u8)) session = session with { RefreshToken = Token.SecretOrNull(ref reader) };
            else reader.Skip();
        }

        return session;
    }
}
