using System;
using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>The code of a <see cref="TaloSocketError"/>. Open-ended: the server may send codes that have no name here.</summary>
[JsonConverter(typeof(TaloSocketErrorCodeConverter))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<TaloSocketErrorCode>))]
public readonly struct TaloSocketErrorCode : IEquatable<TaloSocketErrorCode>
{
    private const string OlderScopeSpelling = "MISSING_API_KEY_SCOPES";

    private readonly string? _value;

    /// <summary>A code by its text on the wire.</summary>
    public TaloSocketErrorCode(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>
    /// Too many frames in a minute: the server ignores frames for the rest of it, and closes with 1008 when they go on.
    /// </summary>
    public static TaloSocketErrorCode RateLimitExceeded { get; } = new("RATE_LIMIT_EXCEEDED");

    /// <summary>The frame was not JSON, or the server failed before it reached a handler.</summary>
    public static TaloSocketErrorCode RoutingError { get; } = new("ROUTING_ERROR");

    /// <summary>The request is unknown, or its data is not an object.</summary>
    public static TaloSocketErrorCode InvalidMessage { get; } = new("INVALID_MESSAGE");

    /// <summary>The game verifies requests, and the signature is missing, wrong, too old or used before.</summary>
    public static TaloSocketErrorCode InvalidSignature { get; } = new("INVALID_SIGNATURE");

    /// <summary>The request needs an identified player.</summary>
    public static TaloSocketErrorCode NoPlayerFound { get; } = new("NO_PLAYER_FOUND");

    /// <summary>
    /// The access key lacks a scope that the message names. Equal to the older spelling <c>MISSING_API_KEY_SCOPES</c>.
    /// </summary>
    public static TaloSocketErrorCode MissingAccessKeyScopes { get; } = new("MISSING_ACCESS_KEY_SCOPES");

    /// <summary>The data lacks a member, or has one of another type.</summary>
    public static TaloSocketErrorCode InvalidMessageData { get; } = new("INVALID_MESSAGE_DATA");

    /// <summary>The socket token is missing, has expired, or was replaced when the alias was identified elsewhere.</summary>
    public static TaloSocketErrorCode InvalidSocketToken { get; } = new("INVALID_SOCKET_TOKEN");

    /// <summary>The alias is a Talo account, and its session token is missing, wrong or has expired.</summary>
    public static TaloSocketErrorCode InvalidSessionToken { get; } = new("INVALID_SESSION_TOKEN");

    /// <summary>
    /// The server failed to do it, and the cause says why: <c>Channel not found</c>, <c>Player not in channel</c>…
    /// </summary>
    public static TaloSocketErrorCode ListenerError { get; } = new("LISTENER_ERROR");

    /// <summary>The server knows the request and has nothing that handles it.</summary>
    public static TaloSocketErrorCode UnhandledRequest { get; } = new("UNHANDLED_REQUEST");

    /// <summary>The text as it was sent, or empty when the server sent none.</summary>
    public string Value => _value ?? "";

    private string Canonical => Value == OlderScopeSpelling ? MissingAccessKeyScopes.Value : Value;

    /// <summary>Whether two codes mean the same.</summary>
    public static bool operator ==(TaloSocketErrorCode left, TaloSocketErrorCode right) => left.Equals(right);

    /// <summary>Whether two codes mean different things.</summary>
    public static bool operator !=(TaloSocketErrorCode left, TaloSocketErrorCode right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(TaloSocketErrorCode other) => string.Equals(Canonical, other.Canonical, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TaloSocketErrorCode other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Canonical);

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape(Value);
}
