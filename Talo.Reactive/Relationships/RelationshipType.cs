using System;
using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Whether a subscription is meant to go both ways.</summary>
/// <remarks>Open-ended: the server may send kinds that have no name here.</remarks>
[JsonConverter(typeof(RelationshipTypeConverter))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<RelationshipType>))]
public readonly struct RelationshipType : IEquatable<RelationshipType>
{
    private readonly string? _value;

    /// <summary>A kind by the text that stands for it on the wire.</summary>
    public RelationshipType(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>One follows the other: <c>unidirectional</c>.</summary>
    public static RelationshipType Unidirectional { get; } = new("unidirectional");

    /// <summary>Both follow each other once it is confirmed: <c>bidirectional</c>.</summary>
    public static RelationshipType Bidirectional { get; } = new("bidirectional");

    /// <summary>The text on the wire, or empty when the server sent none.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether two kinds are the same.</summary>
    public static bool operator ==(RelationshipType left, RelationshipType right) => left.Equals(right);

    /// <summary>Whether two kinds differ.</summary>
    public static bool operator !=(RelationshipType left, RelationshipType right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(RelationshipType other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RelationshipType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape(Value);
}
