using System;
using System.Text.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Http;

/// <summary>Reads the members of an answer that have to be there.</summary>
internal static class Member
{
    /// <summary>The one ticket or token of an answer.</summary>
    internal static string Secret(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        string? text = null;
        Token.RequireObject(ref reader);
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual(name)) text = Secret(ref reader);
            else reader.Skip();
        }

        return text ?? throw Missing(name);
    }

    /// <summary>A ticket or token where the reader stands: a text that is not empty, and nothing that could be taken for one.</summary>
    internal static string Secret(ref Utf8JsonReader reader)
    {
        var at = reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.String || Token.Text(ref reader) is not { Length: > 0 } text)
            throw new TaloPayloadException("", "", "expected a text that is not empty", at);
        return text.Length <= SecretLength.Max
            ? text
            : throw new TaloPayloadException("", "", $"expected a text of at most {SecretLength.Max} characters, found one of {text.Length}", at);
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
        new("", "", $"\"{System.Text.Encoding.UTF8.GetString(name)}\" is missing");
}
