using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Talo.Reactive.Tests.Wire;

namespace Talo.Reactive.TrimCheck;

/// <summary>Each entity by the library's own reader, through Newtonsoft, and back.</summary>
internal static class Entities
{
    private const string Why = "The types are the library's own: that they need no reflection is what is checked.";

    internal static int CheckAll(List<string> failures)
    {
        var before = failures.Count;
        Action[] checks =
        [
            () => Check<Prop>("""{"key":"level","value":"7"}""", failures),
            () => Check<PlayerGroup>("""{"id":"9d0e","name":"Winners"}""", failures),
            () => Check<PlayerAuthState>("""{"email":"a@b.example","verificationEnabled":true}""", failures),
            () => Check<Player>($$$"""{"id":"3f0c","aliases":[{{{Reference.Grace}}}],"groups":[{"id":"9d0e","name":"Winners"}],"auth":{}}""", failures),
            () => Check<PlayerAlias>(Reference.Ada, failures),
            () => Check<RejectedProp>("""{"key":"gold","error":"KEY_TOO_LONG","message":"Too long"}""", failures),
            () => Check<PlayerPresence>($$"""{"playerAlias":{{Reference.Ada}},"online":true}""", failures),
            () => Check<PresenceUpdated>(Reference.Data["v1.players.presence.updated"], failures),
            () => Check<Channel>(Reference.OwnedHarbour, failures),
            () => Check<ChannelStorageProp>(Reference.Gold, failures),
            () => Check<ChannelMessage>(Reference.Data["v1.channels.message"], failures),
            () => Check<ChannelPlayerJoined>(Reference.Data["v1.channels.player-joined"], failures),
            () => Check<ChannelPlayerLeft>(Reference.Data["v1.channels.player-left"], failures),
            () => Check<ChannelDeleted>(Reference.Data["v1.channels.deleted"], failures),
            () => Check<ChannelOwnershipTransferred>(Reference.Data["v1.channels.ownership-transferred"], failures),
            () => Check<ChannelUpdated>(Reference.Data["v1.channels.updated"], failures),
            () => Check<ChannelStorageUpdated>(Reference.Data["v1.channels.storage.updated"], failures),
            () => Check<ChannelStorageResult>(Reference.Data["v1.channels.storage.updated"], failures),
            () => Check<PlayerAliasSubscription>(Reference.Subscription, failures),
            () => Check<PlayerAliasSubscriptionCreated>(Reference.Data["v1.player-relationships.subscription-created"], failures),
            () => Check<PlayerAliasSubscriptionConfirmed>(Reference.Data["v1.player-relationships.subscription-confirmed"], failures),
            () => Check<PlayerAliasSubscriptionDeleted>(Reference.Data["v1.player-relationships.subscription-deleted"], failures),
            () => Check<Broadcast>(Reference.Data["v1.player-relationships.broadcast"], failures),
            () => Check<LiveConfigUpdated>(Reference.Data["v1.live-config.updated"], failures),
            () => Check<TaloSocketError>(Reference.Data["v1.error"], failures),
            () => CheckCode(TaloSocketErrorCode.NoPlayerFound, failures),
            () => CheckCode(new RelationshipType("unidirectional"), failures),
        ];
        foreach (var check in checks) check();
        return checks.Length - (failures.Count - before);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Why)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = Why)]
    private static void CheckCode<T>(T code, List<string> failures)
        where T : struct
    {
        try
        {
            var again = JsonConvert.DeserializeObject<T>(JsonConvert.SerializeObject(code));
            if (!again.Equals(code)) failures.Add($"{code} written and read became {again}");
        }
        catch (Exception error)
        {
            failures.Add($"{typeof(T).Name}: {error}");
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Why)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = Why)]
    private static void Check<T>(string json, List<string> failures)
        where T : class, new()
    {
        try
        {
            var read = TaloMessage.Parse($$"""{"res":"check","data":{{json}}}""").DataAs<T>();
            var inside = JToken.Parse(json).ToObject<T>();
            var again = JsonConvert.DeserializeObject<T>(JsonConvert.SerializeObject(read));
            var made = TaloMessage.Create("check", read).DataAs<T>();
            if (read.Equals(new T())) failures.Add($"{typeof(T).Name} was read as an empty one");
            if (!read.Equals(inside)) failures.Add($"{typeof(T).Name} inside Newtonsoft became {inside}");
            if (!read.Equals(again)) failures.Add($"{typeof(T).Name} written and read became {again}");
            if (!read.Equals(made)) failures.Add($"{typeof(T).Name} in a message became {made}");
        }
        catch (Exception error)
        {
            failures.Add($"{typeof(T).Name}: {error}");
        }
    }
}
