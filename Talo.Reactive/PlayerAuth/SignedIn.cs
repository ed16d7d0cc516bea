using System;
using System.Text.Json;
using Talo.Reactive.Http;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Sessions;

/// <summary>The answer of register, login and verify.</summary>
internal sealed record SignedIn
{
    internal PlayerAlias? Alias { get; init; }

    internal int AliasId { get; init; }

    internal bool VerificationRequired { get; init; }

    internal string SocketToken { get; init; } = "";

    internal string SessionToken { get; init; } = "";

    internal string? RefreshToken { get; init; }

    internal PlayerSession Session => new()
    {
        PlayerId = Alias!.Player.Id,
        AliasId = Alias.Id,
        Identifier = Alias.Identifier,
        SessionToken = SessionToken,
        RefreshToken = RefreshToken,
    };

    /// <summary>Reads an answer that signs somebody in.</summary>
    /// <param name="asked">The alias that it has to be about; null for any.</param>
    internal static EntityReader<SignedIn> Answer(int? asked = null) => (ref Utf8JsonReader reader) =>
        Read(ref reader, asked) is { VerificationRequired: false } answer ? answer : throw Member.Missing("alias"u8);

    /// <summary>Reads an answer that signs somebody in, or asks for a code first.</summary>
    internal static SignedIn OrCode(ref Utf8JsonReader reader) => Read(ref reader, asked: null);

    private static SignedIn Read(ref Utf8JsonReader reader, int? asked)
    {
        Token.RequireObject(ref reader);
        PlayerAlias? alias = null;
        int? aliasId = null;
        var verificationRequired = false;
        string? socketToken = null, sessionToken = null, refreshToken = null;
        while (Token.NextMember(ref reader, out var member))
        {
            if (reader.TokenType == JsonTokenType.Null) continue;
            if (member.SequenceEqual("alias"u8)) alias = PlayerAliasJson.ReadIdentity(ref reader, asked);
            else if (member.SequenceEqual("aliasId"u8)) aliasId = Token.Int32(ref reader);
            else if (member.SequenceEqual("verificationRequired"u8)) verificationRequired = Token.Boolean(ref reader);
            else if (member.SequenceEqual("socketToken"u8)) socketToken = Member.Secret(ref reader);
            else if (member.SequenceEqual("sessionToken"u8)) sessionToken = Member.Secret(ref reader);
            else if (member.SequenceEqual("refreshToken"u8)) refreshToken = Member.Secret(ref reader);
            else reader.Skip();
        }

        if (verificationRequired) return new SignedIn { VerificationRequired = true, AliasId = aliasId is > 0 ? aliasId.Value : throw Member.Missing("aliasId"u8) };
        if (alias is null) throw Member.Missing("alias"u8);
        // The calls that show the session name the player too.
        if (alias.Player.Id.Length == 0) throw Member.Missing("alias.player.id"u8);
        var answer = new SignedIn
        {
            Alias = alias,
            AliasId = alias.Id,
            SocketToken = socketToken ?? throw Member.Missing("socketToken"u8),
            SessionToken = sessionToken ?? throw Member.Missing("sessionToken"u8),
            RefreshToken = refreshToken,
        };
        return answer.Session.Problem is { } problem ? throw new TaloPayloadException("", "sessionToken", problem) : answer;
    }

    public override string ToString() => VerificationRequired ? $"alias {AliasId}: verification required" : $"signed in as {Alias}";
}
