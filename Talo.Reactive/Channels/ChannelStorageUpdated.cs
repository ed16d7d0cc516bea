using System.Collections.Generic;
using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>
/// Talo Socket: v1.channels.storage.updated. Somebody wrote to the storage of a channel, even if nothing changed.
/// </summary>
[JsonConverter(typeof(EntityConverter<ChannelStorageUpdated>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<ChannelStorageUpdated>))]
public sealed record ChannelStorageUpdated
{
    private readonly ValueList<ChannelStorageProp> _upsertedProps = ValueList<ChannelStorageProp>.Empty;
    private readonly ValueList<ChannelStorageProp> _deletedProps = ValueList<ChannelStorageProp>.Empty;

    /// <summary>
    /// The channel, as it was when the event was sent. <see cref="Channel.MemberCount"/> is never set in events. Never null.
    /// </summary>
    public Channel Channel { get; init; } = Channel.Unknown;

    /// <summary>What was added or set; of a list key, the whole new list. Never null.</summary>
    public IReadOnlyList<ChannelStorageProp> UpsertedProps
    {
        get => _upsertedProps;
        init => _upsertedProps = ValueList<ChannelStorageProp>.Of(value);
    }

    /// <summary>What was deleted, with its last value. Never null.</summary>
    public IReadOnlyList<ChannelStorageProp> DeletedProps
    {
        get => _deletedProps;
        init => _deletedProps = ValueList<ChannelStorageProp>.Of(value);
    }

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{Channel.Name} storage: {UpsertedProps.Count} upserted, {DeletedProps.Count} deleted");
}
