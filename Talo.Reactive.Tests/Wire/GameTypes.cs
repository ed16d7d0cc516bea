using System;
using System.Collections.Generic;
using System.Runtime.Serialization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

namespace Talo.Reactive.Tests.Wire;

/// <summary>Types as games declare them, in every manner that Newtonsoft knows.</summary>
internal static class GameTypes
{
    internal sealed class Holder<T>
    {
        public T? Value { get; set; }
    }

    internal sealed class Chat
    {
        public string? Message { get; set; }

        public Channel? Channel { get; set; }

        public PlayerAlias? PlayerAlias { get; set; }

        public PlayerAliasSubscription? Subscription { get; set; }

        public List<Prop>? Config { get; set; }
    }

    internal sealed record Positional(string Message, [property: JsonProperty("playerAlias")] Loose? Sender, int Count = 7);

    internal struct Plain
    {
        public string Message { get; set; }

        [JsonProperty("channel")]
        public Loose? Room { get; set; }
    }

    internal sealed class Loose
    {
        [JsonProperty]
        public object? Id { get; private set; }

        [JsonProperty("createdAt")]
        private DateTimeOffset? Since { get; set; }

        [JsonProperty("lastSeenAt")]
        private DateTime? Seen { get; set; }

        [JsonExtensionData]
        private Dictionary<string, JToken>? Rest { get; set; }
    }

    internal sealed class Constructed
    {
        private readonly string _message;

        public Constructed() => _message = "";

        [JsonConstructor]
        private Constructed(string message, JObject? channel) => (_message, Room) = (message, channel);

        public string Message => _message;

        [JsonProperty("channel")]
        public JObject? Room { get; }
    }

    /// <summary>Is filled by what comes, and not replaced.</summary>
    internal sealed class Filled
    {
        public List<object> Props { get; } = ["already"];

        public Dictionary<string, object> Channel { get; } = new() { ["already"] = 1 };

        public Loose PlayerAlias { get; } = new();
    }

    internal sealed class Demanding
    {
        [JsonProperty(Required = Required.Always)]
        public string Message { get; set; } = "";
    }

    /// <summary>Goes on after a member that does not fit.</summary>
    internal sealed class Forgiving
    {
        public int Message { get; set; }

        public Dictionary<string, int>? Channel { get; set; }

        public Loose? PlayerAlias { get; set; }

        public List<string> Forgiven { get; } = [];

        [OnError]
        internal void Forgive(StreamingContext context, ErrorContext error)
        {
            Forgiven.Add(error.Path);
            error.Handled = true;
        }
    }

    [JsonConverter(typeof(ByKind))]
    internal abstract class Shape;

    internal sealed class Said : Shape
    {
        public string? Message { get; set; }
    }

    internal sealed class Other : Shape
    {
        public int Members { get; set; }
    }

    private sealed class ByKind : JsonConverter<Shape>
    {
        public override Shape? ReadJson(JsonReader reader, Type objectType, Shape? existingValue, bool hasExistingValue, JsonSerializer serializer)
        {
            var json = JObject.Load(reader);
            return json["message"] is { } message ? new Said { Message = message.ToString() } : new Other { Members = json.Count };
        }

        public override void WriteJson(JsonWriter writer, Shape? value, JsonSerializer serializer) =>
            serializer.Serialize(writer, value is Said said ? said.Message : value?.ToString());
    }

    /// <summary>Reads one member and leaves the rest.</summary>
    [JsonConverter(typeof(FirstOnly))]
    internal sealed record First(string? Name, string? Type, string Path, int Depth);

    private sealed class FirstOnly : JsonConverter<First>
    {
        public override First? ReadJson(JsonReader reader, Type objectType, First? existingValue, bool hasExistingValue, JsonSerializer serializer)
        {
            reader.Read();
            var name = reader.Value as string;
            reader.Read();
            return new First(name, reader.ValueType?.Name, reader.Path, reader.Depth);
        }

        public override void WriteJson(JsonWriter writer, First? value, JsonSerializer serializer) => writer.WriteValue(value?.ToString());
    }
}
