using System;
using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Talo Socket: v1.error. The server's answer to a frame that it could not use; the connection stays open.</summary>
/// <remarks>Nothing but the request's name says which frame it answers. <see cref="ToString"/> leaves the cause out.</remarks>
[JsonConverter(typeof(EntityConverter<TaloSocketError>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<TaloSocketError>))]
public sealed record TaloSocketError
{
    /// <summary>The request that it answers, or <c>unknown</c>.</summary>
    public string Req { get; init; } = "";

    /// <summary>What was wrong.</summary>
    public TaloSocketErrorCode Code { get; init; }

    /// <summary>What was wrong, in the server's words.</summary>
    public string Message { get; init; } = "";

    /// <summary>
    /// More about it, or null. For some codes it is what the client sent, <b>tokens included</b>, unless the stream says that
    /// it is redacted.
    /// </summary>
    public string? Cause { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape($"{Code} ({Req}): {Message}");

    internal static TaloSocketError Read(ReadOnlySpan<byte> data) => Payload.Read(data, TaloSocketErrorJson.Read);
}
