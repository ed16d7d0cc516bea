using System;
using System.Reactive;
using System.Reactive.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Connection;
using Talo.Reactive.Http;
using Talo.Reactive.Sessions;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

// What a player does to the account. The socket is not touched by any of it, but where it says so.
public sealed partial class TaloPlayerAuth
{
    /// <summary>Changes the password of the signed-in player. The session goes on. <c>POST /v1/players/auth/change_password</c>.</summary>
    /// <param name="currentPassword">The password of now. A secret.</param>
    /// <param name="newPassword">The next one. A secret.</param>
    /// <param name="cancellationToken">Gives the call up; the server may have done it.</param>
    /// <exception cref="ArgumentNullException">A password is null.</exception>
    /// <exception cref="TaloException">
    /// Nobody has signed in, <see cref="PlayerAuthErrorCode.InvalidCredentials"/>,
    /// <see cref="PlayerAuthErrorCode.NewPasswordMatchesCurrentPassword"/>, or the server could not be reached.
    /// </exception>
    public Task ChangePasswordAsync(string currentPassword, string newPassword, CancellationToken cancellationToken = default)
    {
        var (alias, body) = Account(nameof(ChangePasswordAsync), currentPassword);
        body.Secret("newPassword", AuthArguments.Password(newPassword, nameof(newPassword)));
        return calls.Run(Done(body, "POST", "/change_password", alias), cancellationToken);
    }

    /// <summary>Changes the e-mail address of the signed-in player. <c>POST /v1/players/auth/change_email</c>.</summary>
    /// <param name="currentPassword">The password. A secret.</param>
    /// <param name="newEmail">The next address; kept in lower case.</param>
    /// <param name="cancellationToken">Gives the call up; the server may have done it.</param>
    /// <exception cref="ArgumentException">The password is null or the address blank.</exception>
    /// <exception cref="TaloException">
    /// Nobody has signed in, <see cref="PlayerAuthErrorCode.InvalidCredentials"/>, <see cref="PlayerAuthErrorCode.InvalidEmail"/>,
    /// <see cref="PlayerAuthErrorCode.EmailTaken"/>, <see cref="PlayerAuthErrorCode.NewEmailMatchesCurrentEmail"/>, or the server could
    /// not be reached.
    /// </exception>
    public Task ChangeEmailAsync(string currentPassword, string newEmail, CancellationToken cancellationToken = default)
    {
        var (alias, body) = Account(nameof(ChangeEmailAsync), currentPassword);
        body.Text("newEmail", AuthArguments.Email(newEmail, nameof(newEmail)));
        return calls.Run(Done(body, "POST", "/change_email", alias).Do(_ => Show(alias, auth => auth with { Email = Kept(newEmail) })), cancellationToken);
    }

    /// <summary>Changes the name that the signed-in player signs in with. The session goes on. <c>POST /v1/players/auth/change_identifier</c>.</summary>
    /// <param name="currentPassword">The password. A secret.</param>
    /// <param name="newIdentifier">The next name; kept in lower case. Nobody in the game may have it, on any service.</param>
    /// <param name="cancellationToken">Gives the call up; the server may have done it.</param>
    /// <returns>The alias as it is now; <see cref="TaloClient.CurrentAlias"/> is the same.</returns>
    /// <exception cref="ArgumentException">The password is null or the name blank.</exception>
    /// <exception cref="TaloException">
    /// Nobody has signed in, <see cref="PlayerAuthErrorCode.InvalidCredentials"/>, <see cref="PlayerAuthErrorCode.IdentifierTaken"/>,
    /// <see cref="PlayerAuthErrorCode.NewIdentifierMatchesCurrentIdentifier"/>, <see cref="PlayerAuthErrorCode.IdentifierProfanity"/>, or
    /// the server could not be reached.
    /// </exception>
    public Task<PlayerAlias> ChangeIdentifierAsync(string currentPassword, string newIdentifier, CancellationToken cancellationToken = default)
    {
        var (alias, body) = Account(nameof(ChangeIdentifierAsync), currentPassword);
        body.Text("newIdentifier", AuthArguments.Identifier(newIdentifier, nameof(newIdentifier)));
        var call = Send(body, "POST", "/change_identifier", alias.Id, AliasOf(alias)).Do(identity.Rename);
        return calls.Run(call, cancellationToken);
    }

    /// <summary>
    /// Has a code sent to choose a new password with, good for 15 minutes. Needs nobody signed in. Whether anybody has the address is
    /// not told. <c>POST /v1/players/auth/forgot_password</c>.
    /// </summary>
    /// <param name="email">The address of the account.</param>
    /// <param name="cancellationToken">Gives the call up; the mail may be on its way.</param>
    /// <exception cref="ArgumentException">The address is blank.</exception>
    /// <exception cref="TaloException">The server refused, or could not be reached.</exception>
    public Task ForgotPasswordAsync(string email, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        // The server does not trim here.
        var body = new AuthBody().Text("email", AuthArguments.Email(email, nameof(email)).Trim());
        return calls.Run(Done(body, "POST", "/forgot_password", null), cancellationToken);
    }

    /// <summary>
    /// Sets a new password with the code of <see cref="ForgotPasswordAsync"/>, and ends every session of the player: sign in next.
    /// <c>POST /v1/players/auth/reset_password</c>.
    /// </summary>
    /// <param name="code">The code. A secret.</param>
    /// <param name="password">The next password. A secret.</param>
    /// <param name="cancellationToken">Gives the call up; the server may have done it.</param>
    /// <exception cref="ArgumentException">The code is blank or the password null.</exception>
    /// <exception cref="TaloException"><see cref="PlayerAuthErrorCode.PasswordResetCodeInvalid"/>, or the server could not be reached.</exception>
    public Task ResetPasswordAsync(string code, string password, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var body = new AuthBody()
            .Secret("code", AuthArguments.Code(code, nameof(code)))
            .Secret("password", AuthArguments.Password(password, nameof(password)));
        return calls.Run(Done(body, "POST", "/reset_password", null), cancellationToken);
    }

    /// <summary>Sets whether signing in asks for a code sent by e-mail. <c>PATCH /v1/players/auth/toggle_verification</c>.</summary>
    /// <param name="currentPassword">The password. A secret.</param>
    /// <param name="verificationEnabled">Whether it does.</param>
    /// <param name="email">A new address; null to keep the one the player has.</param>
    /// <param name="cancellationToken">Gives the call up; the server may have done it.</param>
    /// <exception cref="ArgumentNullException">The password is null.</exception>
    /// <exception cref="TaloException">
    /// Nobody has signed in, <see cref="PlayerAuthErrorCode.InvalidCredentials"/>,
    /// <see cref="PlayerAuthErrorCode.VerificationEmailRequired"/>, <see cref="PlayerAuthErrorCode.EmailTaken"/>,
    /// <see cref="PlayerAuthErrorCode.InvalidEmail"/>, or the server could not be reached.
    /// </exception>
    public Task ToggleVerificationAsync(string currentPassword, bool verificationEnabled, string? email = null, CancellationToken cancellationToken = default)
    {
        var (alias, body) = Account(nameof(ToggleVerificationAsync), currentPassword);
        body.Flag("verificationEnabled", verificationEnabled).Text("email", email);
        var call = Done(body, "PATCH", "/toggle_verification", alias).Do(_ => Show(alias, auth => auth with
        {
            VerificationEnabled = verificationEnabled,
            Email = string.IsNullOrWhiteSpace(email) ? auth.Email : Kept(email!),
        }));
        return calls.Run(call, cancellationToken);
    }

    /// <summary>
    /// Deletes the account of the signed-in player and its <c>talo</c> alias; the player itself stays, without it. The game then plays
    /// as nobody, and the socket is reset. <c>DELETE /v1/players/auth</c>.
    /// </summary>
    /// <param name="currentPassword">The password. A secret.</param>
    /// <param name="cancellationToken">Gives the call up; the server may have done it.</param>
    /// <exception cref="ArgumentNullException">The password is null.</exception>
    /// <exception cref="TaloException">
    /// Nobody has signed in, <see cref="PlayerAuthErrorCode.InvalidCredentials"/>, or the server could not be reached.
    /// </exception>
    public Task DeleteAccountAsync(string currentPassword, CancellationToken cancellationToken = default)
    {
        var (alias, body) = Account(nameof(DeleteAccountAsync), currentPassword);
        return calls.Run(Done(body, "DELETE", "", alias).Do(_ => identity.Clear(alias.Id)), cancellationToken);
    }

    /// <summary>
    /// Turns the account of the signed-in player into an alias of another service, with the same id: from then on
    /// <see cref="TaloPlayers.IdentifyAsync"/> identifies the player, and there is no session. The game goes on as the player.
    /// <c>POST /v1/players/auth/migrate</c>.
    /// </summary>
    /// <param name="currentPassword">The password. A secret.</param>
    /// <param name="service">The next service, such as <c>steam</c>; not <c>talo</c>.</param>
    /// <param name="identifier">Who the player is there.</param>
    /// <param name="cancellationToken">Gives the call up; the server may have done it.</param>
    /// <returns>The alias as it is now; <see cref="TaloClient.CurrentAlias"/> is the same.</returns>
    /// <exception cref="ArgumentException">The password is null, or the service or the identifier blank.</exception>
    /// <exception cref="TaloException">
    /// Nobody has signed in, <see cref="PlayerAuthErrorCode.InvalidCredentials"/>, <see cref="PlayerAuthErrorCode.InvalidMigrationTarget"/>,
    /// <see cref="PlayerAuthErrorCode.IdentifierTaken"/>, or the server could not be reached.
    /// </exception>
    public Task<PlayerAlias> MigrateAccountAsync(string currentPassword, string service, string identifier, CancellationToken cancellationToken = default)
    {
        var (alias, body) = Account(nameof(MigrateAccountAsync), currentPassword);
        if (string.IsNullOrWhiteSpace(service)) throw new ArgumentException("Name the service to migrate to, for instance \"username\".", nameof(service));
        body.Text("service", service).Text("identifier", AuthArguments.Identifier(identifier, nameof(identifier)));
        if (IdentifyCall.SpendsTicket(service)) http.Conceal(SecretLength.Require(identifier, nameof(identifier)));
        return calls.Run(Send(body, "POST", "/migrate", alias.Id, AliasOf(alias)).Do(identity.Migrate), cancellationToken);
    }

    /// <summary>Reads an answer that is the alias as it is now.</summary>
    private static EntityReader<PlayerAlias> AliasOf(PlayerAlias before) => (ref Utf8JsonReader reader) =>
        Member.Entity(ref reader, "alias"u8, (ref Utf8JsonReader alias) => PlayerAliasJson.ReadIdentity(ref alias, before.Id));

    /// <summary>An address as the server keeps it.</summary>
    private static string Kept(string email) => email.Trim().ToLowerInvariant();

    private (PlayerAlias Alias, AuthBody Body) Account(string call, string currentPassword)
    {
        lifetime.ThrowIfDisposed();
        var body = new AuthBody().Secret("currentPassword", AuthArguments.Password(currentPassword, nameof(currentPassword)));
        return (RequireSession(call).Alias, body);
    }

    private IObservable<Unit> Done(AuthBody body, string method, string path, PlayerAlias? alias) => Observable.Defer(() =>
    {
        body.Secrets.ForEach(http.Conceal);
        return http.Send(body.Request(method, path) with { AliasId = alias?.Id }).Select(static _ => Unit.Default);
    });

    private void Show(PlayerAlias of, Func<PlayerAuthState, PlayerAuthState> change) => connection.UpdateAlias(alias => alias.Id == of.Id
        ? alias with { Player = alias.Player with { Auth = change(alias.Player.Auth ?? new PlayerAuthState()) } }
        : alias);
}
