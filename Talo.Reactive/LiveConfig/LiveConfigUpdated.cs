using System.Collections.Generic;
using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Talo Socket: v1.live-config.updated. The live config was saved in the dashboard.</summary>
[JsonConverter(typeof(EntityConverter<LiveConfigUpdated>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<LiveConfigUpdated>))]
public sealed record LiveConfigUpdated
{
    private readonly ValueList<Prop> _config = ValueList<Prop>.Empty;

    /// <summary>The complete config. Never null.</summary>
    public IReadOnlyList<Prop> Config
    {
        get => _config;
        init => _config = ValueList<Prop>.Of(value);
    }

    /// <inheritdoc/>
    public override string ToString() => $"live config with {Config.Count} prop(s)";
}
