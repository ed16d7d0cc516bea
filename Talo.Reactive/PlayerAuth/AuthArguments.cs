using System;

namespace Talo.Reactive.Sessions;

/// <summary>What the game has to give; what it may be is for the server to say.</summary>
internal static class AuthArguments
{
    internal static string Identifier(string identifier, string parameter) =>
        string.IsNullOrWhiteSpace(identifier) ? throw new ArgumentException("Give the name that the player signs in with.", parameter) : identifier;

    internal static string Password(string password, string parameter) =>
        password ?? throw new ArgumentNullException(parameter, "Give the password as the player typed it.");

    internal static string Email(string email, string parameter) =>
        string.IsNullOrWhiteSpace(email) ? throw new ArgumentException("Give the e-mail address of the player.", parameter) : email;

    internal static string Code(string code, string parameter) =>
        string.IsNullOrWhiteSpace(code) ? throw new ArgumentException("Give the code that the player got by e-mail.", parameter) : code.Trim();
}
