using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class PlayerAliasSubscriptionCreatedJson
{
    internal static PlayerAliasSubscriptionCreated Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var subscription = PlayerAliasSubscription.Unknown;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("subscription"u8)) subscription = PlayerAliasSubscriptionJson.ReadOrUnknown(ref reader);
            else reader.Skip();
        }

        return new PlayerAliasSubscriptionCreated { Subscription = subscription };
    }

    internal static void Write(JsonWriter writer, PlayerAliasSubscriptionCreated entity)
    {
        writer.WriteStartObject();
        writer.Member("subscription", entity.Subscription, PlayerAliasSubscriptionJson.Write);
        writer.WriteEndObject();
    }
}
