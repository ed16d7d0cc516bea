using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class SubscriptionDeletedJson
{
    internal static SubscriptionDeleted Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var subscription = Subscription.Unknown;
        Subscription? reciprocal = null;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("subscription"u8)) subscription = SubscriptionJson.ReadOrUnknown(ref reader);
            else if (member.SequenceEqual("reciprocalSubscription"u8))
                reciprocal = Token.Object(ref reader, SubscriptionJson.Read);
            else reader.Skip();
        }

        return new SubscriptionDeleted
        {
            Subscription = subscription,
            ReciprocalSubscription = reciprocal,
        };
    }

    internal static void Write(JsonWriter writer, SubscriptionDeleted entity)
    {
        writer.WriteStartObject();
        writer.Member("subscription", entity.Subscription, SubscriptionJson.Write);
        writer.Member("reciprocalSubscription", entity.ReciprocalSubscription, SubscriptionJson.Write);
        writer.WriteEndObject();
    }
}
