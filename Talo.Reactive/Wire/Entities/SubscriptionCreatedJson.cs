using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class SubscriptionCreatedJson
{
    internal static SubscriptionCreated Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var subscription = Subscription.Unknown;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("subscription"u8)) subscription = SubscriptionJson.ReadOrUnknown(ref reader);
            else reader.Skip();
        }

        return new SubscriptionCreated { Subscription = subscription };
    }

    internal static void Write(JsonWriter writer, SubscriptionCreated entity)
    {
        writer.WriteStartObject();
        writer.Member("subscription", entity.Subscription, SubscriptionJson.Write);
        writer.WriteEndObject();
    }
}
