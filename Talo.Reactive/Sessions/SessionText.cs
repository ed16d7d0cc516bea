using System;
using System.Globalization;
using System.IO;
using System.Text.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Sessions;

/// <summary>A session as a file holds it.</summary>
internal static class SessionText
{
    private const int Version = 1;

    internal static byte[] Write(PlayerSession session)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("playerId", session.PlayerId);
            json.WriteNumber("aliasId", session.AliasId);
            json.WriteString("identifier", session.Identifier);
            json.WriteString("sessionToken", session.SessionToken);
            if (session.RefreshToken is { } refresh) json.WriteString("refreshToken", refresh);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Makes sure that a text is nothing that only a later version of this can read.</summary>
    /// <exception cref="InvalidDataException">It is.</exception>
    internal static void RequireNotNewer(ReadOnlySpan<byte> text)
    {
        if (VersionOf(text) is > Version and var version)
            throw new InvalidDataException($"It is of version {version.ToString(CultureInfo.InvariantCulture)}, which a later Talo.Reactive has written, and is left as it is: update the game, or clear the session first.");
    }

    /// <exception cref="InvalidDataException">It is no session.</exception>
    internal static PlayerSession Read(ReadOnlySpan<byte> text)
    {
        RequireNotNewer(text);
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

        if (VersionOf(text) != Version) throw new InvalidDataException("It is damaged: it has no version that was ever written.");
        return session.Problem is { } problem ? throw new InvalidDataException($"It is damaged: {problem}.") : session;
    }

    private static double? VersionOf(ReadOnlySpan<byte> text)
    {
        try
        {
            return Payload.Read(text, ReadVersion);
        }
        catch (TaloPayloadException)
        {
            return null;
        }
    }

    private static double? ReadVersion(ref Utf8JsonReader reader)
    {
        double? version = null;
        Token.RequireObject(ref reader);
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("version"u8) && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number)) version = number;
            else reader.Skip();
        }

        return version;
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
            else if (member.SequenceEqual("sessionToken"u8)) session = session with { SessionToken = Token.Text(ref reader) };
            else if (member.SequenceEqual("refreshToken"u8)) session = session with { RefreshToken = Token.TextOrNull(ref reader) };
            else reader.Skip();
        }

        return session;
    }
}
