using System;
using System.Text.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Http;

/// <summary>Reads an answer that is one page: the items under a name of their own, beside the numbers.</summary>
internal static class PageReader
{
    /// <param name="reader">At the answer.</param>
    /// <param name="name">The member with the items, such as <c>subscriptions</c>.</param>
    /// <param name="item">Reads one item.</param>
    internal static Page<T> Read<T>(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, EntityReader<T> item)
    {
        ValueList<T>? items = null;
        int? count = null;
        var itemsPerPage = 0;
        // Where the server does not say that more follows, nobody asks for more.
        var isLastPage = true;

        Token.RequireObject(ref reader);
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual(name)) items = Token.List(ref reader, item);
            else if (member.SequenceEqual("count"u8)) count = Token.Int32OrNull(ref reader);
            else if (member.SequenceEqual("itemsPerPage"u8)) itemsPerPage = Token.Int32(ref reader);
            else if (member.SequenceEqual("isLastPage"u8)) isLastPage = Token.BooleanOrNull(ref reader) ?? true;
            else reader.Skip();
        }

        if (items is null) throw Member.Missing(name);
        return new Page<T>(items, count ?? items.Count, itemsPerPage, isLastPage);
    }
}
