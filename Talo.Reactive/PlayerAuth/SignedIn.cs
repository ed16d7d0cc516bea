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

    internal static SignedIn Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var answer = new SignedIn();
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("alias"u8)) answer = answer with { Alias = Token.Object(ref reader, PlayerAliasJson.Read) };
            else if (member.SequenceEqual("aliasId"u8)) answer = answer with { AliasId = Token.Int32(ref reader) };
            else if (member.SequenceEqual("verificationRequired"u8)) answer = answer with { VerificationRequired = Token.Boolean(ref reader) };
            else if (member.SequenceEqual("socketToken"u8)) answer = answer with { SocketToken = Token.SecretOrNull(ref reader) ?? "" };
            else if (member.SequenceEqual("sessionToken"u8)) answer = answer with { SessionToken = Token.SecretOrNull(ref reader) ?? "" };
            else if (member.SequenceEqual("refreshToken"u8)) answer = answer with { RefreshToken = Token.SecretOrNull(ref reader) };
            else reader.Skip();
        }

        if (answer.VerificationRequired) return answer;
        if (answer.Alias is null) throw Member.Missing("alias"u8);
        if (answer.SessionToken.Length == 0) throw Member.Missing("sessionToken"u8);
        if (answer.SocketToken.Length == 0) throw Member.Missing("socketToken"u8);
        return answer.Session.Problem is { } problem ? throw new TaloPayloadException("", "sessionToken", problem) : answer;
    }

    public override string ToString() => VerificationRequired ? $"alias {AliasId}: verification required" : $"signed in as {Alias}";
}
