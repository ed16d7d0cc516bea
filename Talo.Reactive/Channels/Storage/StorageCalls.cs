using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reactive.Linq;
using System.Text.Json;
using Talo.Reactive.Http;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Channels.Storage;

/// <summary>The HTTP calls of a channel's storage, each cold. What is read is what the server says now: nothing is kept here.</summary>
internal sealed class StorageCalls
{
    private readonly TaloHttp http;

    internal StorageCalls(TaloHttp http) => this.http = http;

    /// <summary>One entry; null when it is not there. Of a list, the server writes all values into one text.</summary>
    internal IObservable<ChannelStorageProp?> Get(int alias, int channelId, string key)
    {
        var path = new PathAndQuery(Path(channelId, "")).With("propKey", key).ToString();
        // The server also finds a key that differs in case.
        return http.Send(new TaloRequest("GET", path) { AliasId = alias }, ReadProp)
            .Select(found => found.Length > 0 && found[0].Key == key ? found[0] : null);
    }

    /// <summary>The entries of any number of keys, in their order, in as many calls as it takes.</summary>
    internal IObservable<IReadOnlyList<ChannelStorageProp>> List(int alias, int channelId, IReadOnlyList<string> keys) =>
        StorageKeys.Batches(keys)
            .Select(batch => Some(alias, channelId, batch, background: false))
            .Concat()
            .ToList()
            .Select(static all => (IReadOnlyList<ChannelStorageProp>)[.. all.SelectMany(static x => x)]);

    /// <summary>The entries of up to <see cref="StorageKeys.MostAtOnce"/> keys, and of no others.</summary>
    internal IObservable<IReadOnlyList<ChannelStorageProp>> Some(int alias, int channelId, IReadOnlyList<string> keys, bool background)
    {
        var path = new PathAndQuery(Path(channelId, "/list"));
        foreach (var key in keys) path.With("propKeys", key);
        return http.Send(new TaloRequest("GET", path.ToString()) { AliasId = alias, IsBackground = background }, ReadProps)
            .Select(found => (IReadOnlyList<ChannelStorageProp>)[.. found.Where(x => keys.Contains(x.Key))]);
    }

    /// <summary>Writes; what has no value is deleted.</summary>
    internal IObservable<ChannelStorageResult> Write(int alias, int channelId, IReadOnlyList<Prop> props) =>
        http.Send(new TaloRequest("PUT", Path(channelId, "")) { AliasId = alias, Body = Body(props) }, ChannelStorageResultJson.Read);

    private static string Path(int channelId, string rest) =>
        $"/v1/game-channels/{channelId.ToString(CultureInfo.InvariantCulture)}/storage{rest}";

    private static ChannelStorageProp[] ReadProp(ref Utf8JsonReader reader)
    {
        ChannelStorageProp? prop = null;
        Token.RequireObject(ref reader);
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("prop"u8)) prop = Token.Object(ref reader, ChannelStoragePropJson.Read);
            else reader.Skip();
        }

        return prop is null ? [] : [prop];
    }

    private static ValueList<ChannelStorageProp> ReadProps(ref Utf8JsonReader reader)
    {
        ValueList<ChannelStorageProp>? props = null;
        Token.RequireObject(ref reader);
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("props"u8)) props = Token.List(ref reader, ChannelStoragePropJson.Read);
            else reader.Skip();
        }

        return props ?? throw Member.Missing("props"u8);
    }

    private static byte[] Body(IReadOnlyList<Prop> props)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("props");
            foreach (var prop in props)
            {
                json.WriteStartObject();
                json.WriteString("key", prop.Key);
                json.WriteString("value", prop.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
