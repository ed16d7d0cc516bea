using System;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>
/// Why a call about players or their accounts was refused: <see cref="TaloException.PlayerAuthErrorCode"/>. Open-ended: the server
/// may send codes that have no name here.
/// </summary>
public readonly struct PlayerAuthErrorCode : IEquatable<PlayerAuthErrorCode>
{
    private readonly string? _value;

    /// <summary>A code by its text on the wire.</summary>
    public PlayerAuthErrorCode(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>The identifier or the password is wrong; for a signed-in player, the current password.</summary>
    public static PlayerAuthErrorCode InvalidCredentials { get; } = new("INVALID_CREDENTIALS");

    /// <summary>There is no such alias to verify.</summary>
    public static PlayerAuthErrorCode VerificationAliasNotFound { get; } = new("VERIFICATION_ALIAS_NOT_FOUND");

    /// <summary>The code is wrong, used or older than 5 minutes.</summary>
    public static PlayerAuthErrorCode VerificationCodeInvalid { get; } = new("VERIFICATION_CODE_INVALID");

    /// <summary>Somebody has the identifier.</summary>
    public static PlayerAuthErrorCode IdentifierTaken { get; } = new("IDENTIFIER_TAKEN");

    /// <summary>The player has a Talo account and no session was shown.</summary>
    public static PlayerAuthErrorCode MissingSession { get; } = new("MISSING_SESSION");

    /// <summary>The session or refresh token is no longer valid: expired, signed out, or signed in elsewhere.</summary>
    public static PlayerAuthErrorCode InvalidSession { get; } = new("INVALID_SESSION");

    /// <summary>The new password is the current one.</summary>
    public static PlayerAuthErrorCode NewPasswordMatchesCurrentPassword { get; } = new("NEW_PASSWORD_MATCHES_CURRENT_PASSWORD");

    /// <summary>The new e-mail address is the current one.</summary>
    public static PlayerAuthErrorCode NewEmailMatchesCurrentEmail { get; } = new("NEW_EMAIL_MATCHES_CURRENT_EMAIL");

    /// <summary>The code is wrong, used or older than 15 minutes.</summary>
    public static PlayerAuthErrorCode PasswordResetCodeInvalid { get; } = new("PASSWORD_RESET_CODE_INVALID");

    /// <summary>Verification needs an e-mail address.</summary>
    public static PlayerAuthErrorCode VerificationEmailRequired { get; } = new("VERIFICATION_EMAIL_REQUIRED");

    /// <summary>That is no e-mail address.</summary>
    public static PlayerAuthErrorCode InvalidEmail { get; } = new("INVALID_EMAIL");

    /// <summary>The new identifier is the current one.</summary>
    public static PlayerAuthErrorCode NewIdentifierMatchesCurrentIdentifier { get; } = new("NEW_IDENTIFIER_MATCHES_CURRENT_IDENTIFIER");

    /// <summary>An account cannot be migrated to the service <c>talo</c>.</summary>
    public static PlayerAuthErrorCode InvalidMigrationTarget { get; } = new("INVALID_MIGRATION_TARGET");

    /// <summary>Somebody has the e-mail address.</summary>
    public static PlayerAuthErrorCode EmailTaken { get; } = new("EMAIL_TAKEN");

    /// <summary>The game refuses the language of the identifier.</summary>
    public static PlayerAuthErrorCode IdentifierProfanity { get; } = new("IDENTIFIER_PROFANITY");

    /// <summary>The text as it was sent, or empty when the server sent none.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether two codes are the same.</summary>
    public static bool operator ==(PlayerAuthErrorCode left, PlayerAuthErrorCode right) => left.Equals(right);

    /// <summary>Whether two codes differ.</summary>
    public static bool operator !=(PlayerAuthErrorCode left, PlayerAuthErrorCode right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(PlayerAuthErrorCode other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PlayerAuthErrorCode other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape(Value);
}
