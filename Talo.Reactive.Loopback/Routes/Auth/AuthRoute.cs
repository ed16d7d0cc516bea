using System.Collections.Generic;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes.Auth;

/// <summary>A route under <c>/v1/players/auth</c>.</summary>
internal abstract class AuthRoute : Route
{
    protected sealed override IReadOnlyList<string> Scopes => ["read:players", "write:players"];

    protected override bool HasBody => true;

    /// <summary>Starts a session for the alias and answers with all that a game needs of it.</summary>
    protected static ApiReply SignIn(Change change, PlayerAlias alias, bool withRefresh)
    {
        Accounts.StartSession(change, alias.Player);
        var socketToken = change.World.SocketTokens.Replace(alias, change.Now);
        return ApiReply.Ok(writer =>
        {
            writer.WriteAlias("alias", alias, withAuth: true);
            if (withRefresh)
            {
                writer.WriteString("sessionToken", SessionTokens.Session(alias, change.Now));
                writer.WriteString("refreshToken", SessionTokens.Refresh(alias, change.Now));
            }
            else
            {
                writer.WriteString("sessionToken", SessionTokens.Unending(alias, change.Now));
            }
            writer.WriteString("socketToken", socketToken);
        });
    }

    /// <summary>The address as it is kept, when nobody else has it; null for a blank text.</summary>
    protected string? FreeEmail(string? text, Player? owner)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var email = EmailAddress.Normalize(text) ?? throw new ApiRefusal(400, "Invalid email address", "INVALID_EMAIL");
        if (Accounts.FindByEmail(Game, email) is { } holder && holder != owner)
            throw new ApiRefusal(400, "This email address is already in use", "EMAIL_TAKEN");
        return email;
    }

    protected static ApiRefusal NoAuthentication() => new(400, "Player does not have authentication");
}
