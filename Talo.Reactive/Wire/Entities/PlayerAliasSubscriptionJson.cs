using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class PlayerAliasSubscriptionJson
{
    internal static PlayerAliasSubscription Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var id = 0;
        var subscriber = PlayerAlias.Unknown;
        var subscribedTo = PlayerAlias.Unknown;
        var confirmed = false;
        RelationshipType relationshipType = default;
        DateTimeOffset? createdAt = null;
        DateTimeOffset? updatedAt = null;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("id"u8)) id = Token.Int32(ref reader);
            else if (member.SequenceEqual("subscriber"u8)) subscriber = PlayerAliasJson.ReadOrUnknown(ref reader);
            else if (member.SequenceEqual("subscribedTo"u8)) subscribedTo = PlayerAliasJson.ReadOrUnknown(ref reader);
            else if (member.SequenceEqual("confirmed"u8)) confirmed = Token.Boolean(ref reader);
            else if (member.SequenceEqual("relationshipType"u8)) relationshipType = new RelationshipType(Token.Text(ref reader));
            else if (member.SequenceEqual("createdAt"u8)) createdAt = Token.Date(ref reader);
            else if (member.SequenceEqual("updatedAt"u8)) updatedAt = Token.Date(ref reader);
            else reader.Skip();
        }

        return new PlayerAliasSubscription
        {
            Id = id,
            Subscriber = subscriber,
            SubscribedTo = subscribedTo,
            Confirmed = confirmed,
            RelationshipType = relationshipType,
            CreatedAt = createdAt,
            UpdatedAt = updatedAt,
        };
    }

    internal static PlayerAliasSubscription ReadOrUnknown(ref Utf8JsonReader reader) =>
        Token.Object(ref reader, Read) ?? PlayerAliasSubscription.Unknown;

    internal static void Write(JsonWriter writer, PlayerAliasSubscription entity)
    {
        writer.WriteStartObject();
        writer.Member("id", entity.Id);
        writer.Member("subscriber", entity.Subscriber, PlayerAliasJson.Write);
        writer.Member("subscribedTo", entity.SubscribedTo, PlayerAliasJson.Write);
        writer.Member("confirmed", entity.Confirmed);
        writer.Member("relationshipType", entity.RelationshipType.Value);
        writer.Member("createdAt", entity.CreatedAt);
        writer.Member("updatedAt", entity.UpdatedAt);
        writer.WriteEndObject();
    }
}
