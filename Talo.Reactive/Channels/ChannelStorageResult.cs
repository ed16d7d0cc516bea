using System.Collections.Generic;
using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>What became of a write to a channel's storage: the server takes what it can and names the rest.</summary>
[JsonConverter(typeof(EntityConverter<ChannelStorageResult>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<ChannelStorageResult>))]
public sealed record ChannelStorageResult
{
    private readonly ValueList<ChannelStorageProp> _upsertedProps = ValueList<ChannelStorageProp>.Empty;
    private readonly ValueList<ChannelStorageProp> _deletedProps = ValueList<ChannelStorageProp>.Empty;
    private readonly ValueList<RejectedProp> _failedProps = ValueList<RejectedProp>.Empty;

    /// <summary>The channel. <see cref="Channel.MemberCount"/> is not set here. Never null.</summary>
    public Channel Channel { get; init; } = Channel.Unknown;

    /// <summary>What was added or set; of a list key, the whole new list. Never null.</summary>
    public IReadOnlyList<ChannelStorageProp> UpsertedProps
    {
        get => _upsertedProps;
        init => _upsertedProps = ValueList<ChannelStorageProp>.Of(value);
    }

    /// <summary>What was deleted, with its last value. What was not there is not named. Never null.</summary>
    public IReadOnlyList<ChannelStorageProp> DeletedProps
    {
        get => _deletedProps;
        init => _deletedProps = ValueList<ChannelStorageProp>.Of(value);
    }

    /// <summary>What the server refused, and why; it is as it was before. A list is refused as a whole. Never null.</summary>
    public IReadOnlyList<RejectedProp> FailedProps
    {
        get => _failedProps;
        init => _failedProps = ValueList<RejectedProp>.Of(value);
    }

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape(
        $"{Channel.Name} storage: {UpsertedProps.Count} upserted, {DeletedProps.Count} deleted, {FailedProps.Count} failed"
        + (FailedProps.Count == 0 ? "" : $" ({string.Join(", ", FailedProps)})"));
}
