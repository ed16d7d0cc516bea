using System;
using System.Text.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Http;

/// <summary>Reads the one member of an answer that matters.</summary>
internal static class Member
{
    internal static string Secret(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        string? text = null;
        Token.RequireObject(ref reader);
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual(name)) text = Token.SecretOrNull(ref reader);
            else reader.Skip();
        }

        return string.IsNullOrEmpty(text) ? throw Missing(name) : text!;
    }

    internal static T Entity<T>(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, EntityReader<T> read)
        where T : class
    {
        T? entity = null;
        Token.RequireObject(ref reader);
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual(name) && reader.TokenType != JsonTokenType.Null) entity = read(ref reader);
            else reader.Skip();
        }

        return entity ?? throw Missing(name);
    }

    internal static TaloPayloadException Missing(ReadOnlySpan<byte> name) =>
        new("", System.Text.Encoding.UTF8.GetString(name), "it is missing");
}
