using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes.Auth;

internal sealed class Register : AuthRoute
{
    private string identifier = "";
    private string password = "";
    private string? email;
    private bool verificationEnabled;
    private bool withRefresh;

    protected override void ReadBody(BodyFields body)
    {
        identifier = body.Text("identifier").Trim();
        password = body.Text("password");
        email = body.OptionalText("email");
        verificationEnabled = body.OptionalFlag("verificationEnabled") ?? false;
        withRefresh = body.OptionalFlag("withRefresh") ?? false;
        body.Rule(
            "email",
            !verificationEnabled || !string.IsNullOrWhiteSpace(email),
            "email is required when verificationEnabled is true");
    }

    protected override ApiReply Handle(Change change)
    {
        var address = FreeEmail(email, owner: null);
        if (Game.FindAlias(PlayerAlias.TaloService, identifier) is not null)
            throw new ApiRefusal(IdentifierTaken());
        if (!PlayerAlias.Fits(PlayerAlias.TaloService, identifier))
            throw new ApiRefusal(ApiReply.Unhandled);

        var alias = Identification.Create(change, Game, PlayerAlias.TaloService, identifier, Call.IsDevBuild);
        alias.Player.Auth = new(password) { Email = address, VerificationEnabled = verificationEnabled };
        return SignIn(change, alias, withRefresh);
    }

    private ApiReply IdentifierTaken() => ApiReply.Json(400, writer =>
    {
        writer.WriteString("message", $"Player with identifier '{identifier}' already exists");
        writer.WriteString("errorCode", "IDENTIFIER_TAKEN");
        writer.WriteString("field", "aliases");
    });
}
