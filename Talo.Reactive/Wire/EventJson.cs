using System;
using System.Text.Json;

namespace Talo.Reactive.Wire;

/// <summary>The data of an event while it is read. A channel or a player that was there before, byte for byte, is stepped over.</summary>
internal ref struct EventJson
{
    /// <summary>Where reading stands, once <see cref="Begin"/> was called. Its positions count from <see cref="start"/>.</summary>
    internal Utf8JsonReader Reader;

    private readonly ReadOnlySpan<byte> data;
    private readonly KnownEntities? known;
    private int start;

    /// <summary>The whole data; empty where nothing is known.</summary>
    internal readonly ReadOnlySpan<byte> Data => data;

    /// <summary>What came before; null to read without it.</summary>
    internal readonly KnownEntities? Known => known;

    /// <summary>Reads without anything that is known.</summary>
    internal EventJson(Utf8JsonReader reader)
    {
        Reader = reader;
        data = default;
        known = null;
        start = 0;
    }

    /// <summary>Reads with what is known; what is read is known afterwards.</summary>
    /// <param name="data">The whole data, from its first byte on.</param>
    /// <param name="known">Used by one reader at a time.</param>
    internal EventJson(ReadOnlySpan<byte> data, KnownEntities known)
    {
        Reader = default;
        this.data = data;
        this.known = known;
        start = 0;
    }

    /// <summary>How many bytes of the data were read.</summary>
    internal readonly int Consumed => start + (int)Reader.BytesConsumed;

    /// <summary>All of the data was read, by other means than the reader.</summary>
    internal void SkipToEnd() => start = data.Length;

    /// <summary>Reads the first token. Not done before it is needed: a reader costs more than a message of which all is known.</summary>
    internal void Begin()
    {
        if (known is null) return;
        Reader = new Utf8JsonReader(data, Payload.Options);
        Reader.Read();
    }

    /// <summary>Begins with an object.</summary>
    internal void RequireObject()
    {
        Begin();
        Token.RequireObject(ref Reader);
    }

    /// <summary>Reads an event where an entity is wanted: without anything that is known.</summary>
    internal static T ReadPlain<T>(ref Utf8JsonReader reader, EventReader<T> read)
    {
        var json = new EventJson(reader);
        var value = read(ref json);
        reader = json.Reader;
        return value;
    }

    internal Channel Channel() => known is null ? ChannelJson.ReadOrUnknown(ref Reader) : Read(known.Channels, ChannelJson.ReadOrUnknown);

    internal PlayerAlias Alias() => known is null ? PlayerAliasJson.ReadOrUnknown(ref Reader) : Read(known.Aliases, PlayerAliasJson.ReadOrUnknown);

    internal PlayerAlias? AliasOrNull() => Reader.TokenType == JsonTokenType.Null ? null : Alias();

    private T Read<T>(KnownObjects<T> objects, EntityReader<T> read)
        where T : class
    {
        // Deeper inside, the place after the object could not be told to a new reader.
        if (Reader.TokenType != JsonTokenType.StartObject || Reader.CurrentDepth != 1) return read(ref Reader);

        var from = start + (int)Reader.TokenStartIndex;
        if (objects.TryGet(data[from..], out var value, out var length))
        {
            start = from + length;
            Reader = new Utf8JsonReader(data[start..], isFinalBlock: true, AfterMember.State);
            return value;
        }

        var fresh = read(ref Reader);
        objects.Add(data[from..Consumed], fresh);
        return fresh;
    }

    /// <summary>How a reader stands behind a member of the outermost object: one that starts there goes on as if it had read the rest.</summary>
    private static class AfterMember
    {
        internal static readonly JsonReaderState State = Make();

        private static JsonReaderState Make()
        {
            var reader = new Utf8JsonReader("{\"a\":{}"u8, isFinalBlock: false, new JsonReaderState(Payload.Options));
            while (reader.Read())
            {
            }

            return reader.CurrentState;
        }
    }
}
