using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>What to change about a channel. What is left null stays as it is.</summary>
public sealed class ChannelChanges
{
    /// <summary>The new name. The server ignores a blank one.</summary>
    /// <value>Default: null.</value>
    public string? Name { get; init; }

    /// <summary>
    /// Props to set; one whose value is null is deleted, one that is not named stays. Entries of a <c>key[]</c> replace its
    /// whole list.
    /// </summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<Prop> Props { get; init; } = Array.Empty<Prop>();

    /// <summary>
    /// The alias that owns the channel from now on. It becomes a member, if it is none, without a <c>player-joined</c>.
    /// </summary>
    /// <value>Default: null.</value>
    public int? OwnerAliasId { get; init; }

    /// <summary>Whether nobody owns the channel from now on: nobody can change or delete it any more.</summary>
    /// <value>Default: false.</value>
    public bool RemovesOwner { get; init; }

    /// <summary>Whether it is deleted when its owner or its last member leaves.</summary>
    /// <value>Default: null.</value>
    public bool? AutoCleanup { get; init; }

    /// <summary>Whether it is left out of lists and entered by invitation only.</summary>
    /// <value>Default: null.</value>
    public bool? Private { get; init; }

    /// <summary>Whether a member leaves when it goes offline.</summary>
    /// <value>Default: null.</value>
    public bool? TemporaryMembership { get; init; }

    internal byte[] ToJson()
    {
        if (RemovesOwner && OwnerAliasId is not null)
            throw new ArgumentException($"Either give the channel another owner or take it away: set {nameof(OwnerAliasId)} or {nameof(RemovesOwner)}.", nameof(RemovesOwner));
        if (Name is not null) OutgoingText.RequireWhole(Name, nameof(Name));
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            if (Name is not null) json.WriteString("name", Name);
            ChannelOptions.WriteProps(json, Props);
            if (OwnerAliasId is { } owner) json.WriteNumber("ownerAliasId", owner);
            if (RemovesOwner) json.WriteNull("ownerAliasId");
            if (AutoCleanup is { } autoCleanup) json.WriteBoolean("autoCleanup", autoCleanup);
            if (Private is { } isPrivate) json.WriteBoolean("private", isPrivate);
            if (TemporaryMembership is { } isTemporary) json.WriteBoolean("temporaryMembership", isTemporary);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
