using System;
using System.Collections.Generic;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace Talo.Reactive.Benchmarks.Receivers;

/// <summary>A channel message as a game would declare it for a serialiser.</summary>
/// <remarks>Newtonsoft is told how the members are named in JSON: otherwise it searches a type for each member that comes.</remarks>
[JsonObject(NamingStrategyType = typeof(CamelCaseNamingStrategy))]
public sealed class GameMessage
{
    public GameChannel? Channel { get; set; }

    public string Message { get; set; } = "";

    public GameAlias? PlayerAlias { get; set; }
}

[JsonObject(NamingStrategyType = typeof(CamelCaseNamingStrategy))]
public sealed class GameChannel
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public GameAlias? Owner { get; set; }

    public int TotalMessages { get; set; }

    public IReadOnlyList<GameProp> Props { get; set; } = [];

    public bool AutoCleanup { get; set; }

    public bool Private { get; set; }

    public bool TemporaryMembership { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

[JsonObject(NamingStrategyType = typeof(CamelCaseNamingStrategy))]
public sealed class GameAlias
{
    public int Id { get; set; }

    public string Service { get; set; } = "";

    public string Identifier { get; set; } = "";

    public string DisplayName { get; set; } = "";

    public GamePlayer? Player { get; set; }

    public DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

[JsonObject(NamingStrategyType = typeof(CamelCaseNamingStrategy))]
public sealed class GamePlayer
{
    public string Id { get; set; } = "";

    public IReadOnlyList<GameProp> Props { get; set; } = [];

    public bool DevBuild { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset LastSeenAt { get; set; }

    public IReadOnlyList<GameProp> Groups { get; set; } = [];
}

[JsonObject(NamingStrategyType = typeof(CamelCaseNamingStrategy))]
public sealed class GameProp
{
    public string Key { get; set; } = "";

    public string Value { get; set; } = "";
}
