using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class PlayerAliasSubscriptionDeletedJson
{
    internal static PlayerAliasSubscriptionDeleted Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var subscription = PlayerAliasSubscription.Unknown;
        PlayerAliasSubscription? reciprocal = null;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("subscription"u8)) subscription = PlayerAliasSubscriptionJson.ReadOrUnknown(ref reader);
            else if (member.SequenceEqual("reciprocalSubscription"u8))
                reciprocal = Token.Object(ref reader, PlayerAliasSubscriptionJson.Read);
            else reader.Skip();
        }

        return new PlayerAliasSubscriptionDeleted
        {
            Subscription = subscription,
            ReciprocalSubscription = reciprocal,
        };
    }

    internal static void Write(JsonWriter writer, PlayerAliasSubscriptionDeleted entity)
    {
        writer.WriteStartObject();
        writer.Member("subscription", entity.Subscription, PlayerAliasSubscriptionJson.Write);
        writer.Member("reciprocalSubscription", entity.ReciprocalSubscription, PlayerAliasSubscriptionJson.Write);
        writer.WriteEndObject();
    }
}
