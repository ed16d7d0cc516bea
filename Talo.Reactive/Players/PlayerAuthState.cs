using System;
using Newtonsoft.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>How a player signs in with a Talo account.</summary>
/// <remarks>
/// The server sends it whole where a player signs in or identifies, and often without any member elsewhere: every member may be
/// null.
/// </remarks>
[JsonConverter(typeof(EntityConverter<PlayerAuthState>))]
[System.Text.Json.Serialization.JsonConverter(typeof(TaloJsonConverter<PlayerAuthState>))]
public sealed record PlayerAuthState
{
    /// <summary>The e-mail address, or null when there is none or it was not sent.</summary>
    public string? Email { get; init; }

    /// <summary>Whether signing in asks for a code sent by e-mail; null when it was not sent.</summary>
    public bool? VerificationEnabled { get; init; }

    /// <summary>When the session began, UTC; null without a session or when it was not sent.</summary>
    public DateTimeOffset? SessionCreatedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => VerificationEnabled == true ? "signs in with verification" : "signs in";
}
