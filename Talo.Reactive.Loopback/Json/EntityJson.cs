using System.Collections.Generic;
using System.Text.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Json;

/// <summary>The entities as Talo writes them, member by member and in its order.</summary>
internal static class EntityJson
{
    public static void WriteAlias(this Utf8JsonWriter writer, string name, PlayerAlias? alias, bool withAuth = false)
    {
        writer.WritePropertyName(name);
        writer.WriteAlias(alias, withAuth: withAuth);
    }

    /// <summary>
    /// Talo has the <paramref name="withAuth"/> at hand where a player signs in; elsewhere it only shows that there is some.
    /// </summary>
    public static void WriteAlias(
        this Utf8JsonWriter writer, PlayerAlias? alias, bool withProps = true, bool withAuth = false)
    {
        if (alias is null)
        {
            writer.WriteNullValue();
            return;
        }
        writer.WriteStartObject();
        writer.WriteNumber("id", alias.Id);
        writer.WriteString("service", alias.Service);
        writer.WriteString("identifier", alias.Identifier);
        writer.WriteString("displayName", alias.DisplayName);
        writer.WriteStartObject("player");
        writer.WritePlayerHead(alias.Player, withProps);
        writer.WritePlayerTail(alias.Player, withAuth);
        writer.WriteEndObject();
        writer.WriteTime("lastSeenAt", alias.LastSeenAt);
        writer.WriteTime("createdAt", alias.CreatedAt);
        writer.WriteTime("updatedAt", alias.UpdatedAt);
        writer.WriteEndObject();
    }

    public static void WritePlayer(
        this Utf8JsonWriter writer, string name, Player player, bool withProps = true, bool withAliases = true)
    {
        writer.WritePropertyName(name);
        writer.WritePlayer(player, withProps, withAliases);
    }

    /// <summary>
    /// A player at the top of an answer: its aliases are listed. Two routes answer with empty lists, one of props and one of
    /// aliases, whatever is stored.
    /// </summary>
    public static void WritePlayer(this Utf8JsonWriter writer, Player player, bool withProps = true, bool withAliases = true)
    {
        writer.WriteStartObject();
        writer.WritePlayerHead(player, withProps);
        writer.WriteStartArray("aliases");
        foreach (var alias in withAliases ? player.Aliases : [])
            writer.WriteAlias(alias, withProps);
        writer.WriteEndArray();
        writer.WritePlayerTail(player, withAuth: false);
        writer.WriteEndObject();
    }

    public static void WritePresence(this Utf8JsonWriter writer, string name, Presence presence, bool withAuth = false)
    {
        writer.WriteStartObject(name);
        writer.WriteAlias("playerAlias", presence.Alias, withAuth);
        writer.WritePresenceState(presence);
        writer.WriteEndObject();
    }

    public static void WriteChannel(this Utf8JsonWriter writer, string name, Channel channel)
    {
        writer.WritePropertyName(name);
        writer.WriteChannel(channel, memberCount: null);
    }

    /// <summary>
    /// <paramref name="memberCount"/> is in HTTP answers only; null leaves the member out. <paramref name="told"/> is in messages
    /// only.
    /// </summary>
    public static void WriteChannel(this Utf8JsonWriter writer, Channel channel, int? memberCount, ToldChannel? told = null)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", channel.Id);
        writer.WriteString("name", channel.Name);
        writer.WriteAlias("owner", channel.Owner);
        writer.WriteNumber("totalMessages", told?.TotalMessages ?? channel.TotalMessages);
        writer.WriteProps("props", channel.Props);
        writer.WriteBoolean("autoCleanup", channel.AutoCleanup);
        writer.WriteBoolean("private", channel.IsPrivate);
        writer.WriteBoolean("temporaryMembership", channel.TemporaryMembership);
        writer.WriteTime("createdAt", channel.CreatedAt);
        writer.WriteTime("updatedAt", told?.UpdatedAt ?? channel.UpdatedAt);
        if (memberCount is { } count)
            writer.WriteNumber("memberCount", count);
        writer.WriteEndObject();
    }

    public static void WriteStorage(this Utf8JsonWriter writer, string name, IReadOnlyList<StorageProp> rows)
    {
        writer.WriteStartArray(name);
        foreach (var row in rows)
            writer.WriteStorage(row, row.Value);
        writer.WriteEndArray();
    }

    /// <summary>The reads of an array show all of its values with what is known of the oldest one.</summary>
    public static void WriteStorage(this Utf8JsonWriter writer, StorageProp row, string value)
    {
        writer.WriteStartObject();
        writer.WriteString("key", row.Key);
        writer.WriteString("value", value);
        writer.WriteAlias("createdBy", row.CreatedBy);
        writer.WriteAlias("lastUpdatedBy", row.LastUpdatedBy);
        writer.WriteTime("createdAt", row.CreatedAt);
        writer.WriteTime("updatedAt", row.UpdatedAt);
        writer.WriteEndObject();
    }

    public static void WriteSubscription(this Utf8JsonWriter writer, string name, Subscription? subscription)
    {
        writer.WritePropertyName(name);
        if (subscription is null)
            writer.WriteNullValue();
        else
            writer.WriteSubscription(subscription);
    }

    public static void WriteSubscription(this Utf8JsonWriter writer, Subscription subscription)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", subscription.Id);
        writer.WriteAlias("subscriber", subscription.Subscriber);
        writer.WriteAlias("subscribedTo", subscription.SubscribedTo);
        writer.WriteBoolean("confirmed", subscription.IsConfirmed);
        writer.WriteString("relationshipType", subscription.Type);
        writer.WriteTime("createdAt", subscription.CreatedAt);
        writer.WriteTime("updatedAt", subscription.UpdatedAt);
        writer.WriteEndObject();
    }

    public static void WriteProps(this Utf8JsonWriter writer, string name, IReadOnlyList<Prop> props)
    {
        writer.WriteStartArray(name);
        foreach (var prop in props)
        {
            writer.WriteStartObject();
            writer.WriteString("key", prop.Key);
            writer.WriteString("value", prop.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void WriteRejected(this Utf8JsonWriter writer, string name, IReadOnlyList<RejectedProp> rejected)
    {
        writer.WriteStartArray(name);
        foreach (var prop in rejected)
        {
            writer.WriteStartObject();
            writer.WriteString("key", prop.Key);
            writer.WriteString("error", prop.Error);
            writer.WriteString("message", prop.Message);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WritePlayerHead(this Utf8JsonWriter writer, Player player, bool withProps)
    {
        writer.WriteString("id", player.Id);
        writer.WriteProps("props", withProps ? player.Props : []);
    }

    private static void WritePlayerTail(this Utf8JsonWriter writer, Player player, bool withAuth)
    {
        writer.WriteBoolean("devBuild", player.DevBuild);
        writer.WriteTime("createdAt", player.CreatedAt);
        writer.WriteTime("lastSeenAt", player.LastSeenAt);
        writer.WriteStartArray("groups");
        writer.WriteEndArray();
        if (player.Auth is { } auth)
            writer.WriteAuth(auth, isLoaded: withAuth);
        if (player.Presence is { } presence)
        {
            writer.WriteStartObject("presence");
            writer.WritePresenceState(presence);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("presence");
        }
    }

    private static void WriteAuth(this Utf8JsonWriter writer, PlayerAuth auth, bool isLoaded)
    {
        writer.WriteStartObject("auth");
        if (isLoaded)
        {
            writer.WriteString("email", auth.Email);
            writer.WriteBoolean("verificationEnabled", auth.VerificationEnabled);
            if (auth.SessionCreatedAt is { } createdAt)
                writer.WriteTime("sessionCreatedAt", createdAt);
            else
                writer.WriteNull("sessionCreatedAt");
        }
        writer.WriteEndObject();
    }

    private static void WritePresenceState(this Utf8JsonWriter writer, Presence presence)
    {
        writer.WriteBoolean("online", presence.Online);
        writer.WriteString("customStatus", presence.CustomStatus);
        writer.WriteTime("updatedAt", presence.UpdatedAt);
    }

    private static void WriteTime(this Utf8JsonWriter writer, string name, System.DateTimeOffset time) =>
        writer.WriteString(name, Timestamp.Format(time));
}
