using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Reactive;
using System.Reactive.Linq;
using System.Text.Json;
using Talo.Reactive.Http;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>The HTTP calls of channels, each cold: what they are sent as, and how the answer is read.</summary>
internal sealed class ChannelCalls
{
    private const string Root = "/v1/game-channels";

    private readonly TaloHttp http;

    internal ChannelCalls(TaloHttp http) => this.http = http;

    internal IObservable<Channel> Create(int alias, byte[] body) => One(new("POST", Root) { AliasId = alias, Body = body });

    internal IObservable<Channel> Find(int channelId) => One(new("GET", Path(channelId, "")));

    internal IObservable<Channel> Update(int alias, int channelId, byte[] body) =>
        One(new("PUT", Path(channelId, "")) { AliasId = alias, Body = body });

    internal IObservable<Channel> Join(int alias, int channelId, bool background = false) =>
        One(new("POST", Path(channelId, "/join")) { AliasId = alias, IsBackground = background });

    internal IObservable<Unit> Leave(int alias, int channelId, bool background = false) =>
        None(new("POST", Path(channelId, "/leave")) { AliasId = alias, IsBackground = background });

    internal IObservable<Unit> Delete(int alias, int channelId) => None(new("DELETE", Path(channelId, "")) { AliasId = alias });

    internal IObservable<Unit> Invite(int alias, int channelId, int invitee) =>
        None(new("POST", Path(channelId, "/invite")) { AliasId = alias, Body = Invitation(invitee) });

    internal IObservable<Page<Channel>> List(ChannelSearch search, int page) =>
        http.Send(new TaloRequest("GET", search.ToPath(Root, page)), ReadPage);

    internal IObservable<IReadOnlyList<Channel>> Subscribed(int alias, ChannelSearch search) =>
        http.Send(new TaloRequest("GET", search.ToPath(Root + "/subscriptions", page: null)) { AliasId = alias }, ReadPage)
            .Select(static all => all.Items);

    internal IObservable<Page<PlayerAlias>> Members(int alias, int channelId, ChannelMemberSearch search, int page) =>
        http.Send(new TaloRequest("GET", search.ToPath(Path(channelId, "/members"), page)) { AliasId = alias }, ReadMembers);

    private static string Path(int channelId, string rest) => $"{Root}/{channelId.ToString(CultureInfo.InvariantCulture)}{rest}";

    private static Channel Read(ref Utf8JsonReader reader) => Member.Entity(ref reader, "channel"u8, ChannelJson.Read);

    private static Page<Channel> ReadPage(ref Utf8JsonReader reader) => PageReader.Read(ref reader, "channels"u8, ChannelJson.Read);

    private static Page<PlayerAlias> ReadMembers(ref Utf8JsonReader reader) => PageReader.Read(ref reader, "members"u8, PlayerAliasJson.Read);

    private static byte[] Invitation(int invitee)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("inviteeAliasId", invitee);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private IObservable<Channel> One(TaloRequest request) => http.Send(request, Read);

    private IObservable<Unit> None(TaloRequest request) => http.Send(request).Select(static _ => Unit.Default);
}
