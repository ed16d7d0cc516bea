namespace Talo.Reactive.Tests.Conformance;

/// <summary>Templates of what Talo answers about accounts.</summary>
internal static class AuthShape
{
    /// <summary>The account where it has not been loaded: it shows that there is one, and no more.</summary>
    public const string NotLoaded = "{}";

    public static readonly string MissingSession =
        Shape.Coded("MISSING_SESSION", "The x-talo-session header is required for this player");

    public static readonly string InvalidSession = Shape.Coded("INVALID_SESSION", "The x-talo-session header is invalid");

    public static readonly string InvalidRefreshToken = Shape.Coded("INVALID_SESSION", "Invalid refresh token");

    public static readonly string WrongLogin = Shape.Coded("INVALID_CREDENTIALS", "Incorrect identifier or password");

    public static readonly string WrongPassword = Shape.Coded("INVALID_CREDENTIALS", "Current password is incorrect");

    public static readonly string EmailTaken = Shape.Coded("EMAIL_TAKEN", "This email address is already in use");

    public static readonly string InvalidEmail = Shape.Coded("INVALID_EMAIL", "Invalid email address");

    /// <summary>The account as it is shown to a player who signs in.</summary>
    public static string Account(string? email = null, bool isVerified = false) =>
        $$"""{"email":{{(email is null ? "null" : $"\"{email}\"")}},"verificationEnabled":{{(isVerified ? "true" : "false")}},"sessionCreatedAt":"<time>"}""";

    /// <summary>What register, login and verify answer.</summary>
    public static string SignedIn(
        TestPlayer player, string? account = null, bool withRefresh = false, string presence = Shape.AnyPresence) =>
        $$"""{"alias":{{Shape.Alias(player, presence, auth: account ?? Account())}},"sessionToken":"<token>",{{(withRefresh ? "\"refreshToken\":\"<token>\"," : "")}}"socketToken":"<uuid>"}""";
}
