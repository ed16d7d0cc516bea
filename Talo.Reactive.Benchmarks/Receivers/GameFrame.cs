using System.Text.Json.Serialization;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace Talo.Reactive.Benchmarks.Receivers;

/// <summary>A whole frame as a game without this library would declare it.</summary>
[JsonObject(NamingStrategyType = typeof(CamelCaseNamingStrategy))]
public sealed class GameFrame
{
    public string Res { get; set; } = "";

    public GameMessage? Data { get; set; }

    internal bool IsChannelMessage => Res == "v1.channels.message" && Data is { Message.Length: > 0 };
}

/// <summary>The game's types for System.Text.Json, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GameFrame))]
public sealed partial class GameJson : JsonSerializerContext;
