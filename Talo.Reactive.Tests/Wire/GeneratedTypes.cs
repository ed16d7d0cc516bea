using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Talo.Reactive.Tests.Wire;

/// <summary>Types of a game for which System.Text.Json generates code.</summary>
internal sealed record GeneratedChat
{
    public string? Message { get; init; }

    public PlayerAlias? PlayerAlias { get; init; }

    public Dictionary<string, JsonElement>? Channel { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; set; }
}

internal sealed record GeneratedLog(List<GeneratedChat> Chats, int Count);

internal sealed record GeneratedDemand
{
    public required string Message { get; init; }
}

internal sealed record GeneratedRelationship(PlayerAliasSubscription? Subscription, RelationshipType RelationshipType, TaloSocketErrorCode ErrorCode);

[JsonConverter(typeof(Failing))]
internal sealed record GeneratedFailure;

internal sealed class Failing : JsonConverter<GeneratedFailure>
{
    public override GeneratedFailure Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new FormatException("mine");

    public override void Write(Utf8JsonWriter writer, GeneratedFailure value, JsonSerializerOptions options) => throw new NotSupportedException();
}

[JsonConverter(typeof(Vanishing))]
internal sealed record GeneratedNothing;

internal sealed class Vanishing : JsonConverter<GeneratedNothing>
{
    public override GeneratedNothing? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, GeneratedNothing value, JsonSerializerOptions options) => throw new NotSupportedException();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GeneratedChat))]
[JsonSerializable(typeof(GeneratedLog))]
[JsonSerializable(typeof(GeneratedDemand))]
[JsonSerializable(typeof(GeneratedRelationship))]
[JsonSerializable(typeof(GeneratedFailure))]
[JsonSerializable(typeof(GeneratedNothing))]
[JsonSerializable(typeof(ChannelMessage))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(int))]
internal sealed partial class GeneratedJsonContext : JsonSerializerContext;
