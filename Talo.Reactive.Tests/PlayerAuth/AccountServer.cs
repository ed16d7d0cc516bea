using System;
using System.Collections.Generic;
using System.Text;
using Newtonsoft.Json.Linq;
using Talo.Reactive.Http;
using Talo.Reactive.Testing;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.PlayerAuth;

/// <summary>One account, ada's, on the scripted Talo: the session rule, sessions of 15 minutes, refresh tokens that work once.</summary>
internal sealed class AccountServer
{
    private readonly PlayedSession played;
    private int tokens;

    internal AccountServer(PlayedSession played)
    {
        this.played = played;
        // The first id, so that a server that begins anew gives the same.
        _ = Ada;
        var http = played.Server.Http;
        http.On("POST", "/v1/players/auth/register").Reply(SignIn);
        http.On("POST", "/v1/players/auth/login").Reply(SignIn);
        http.On("POST", "/v1/players/auth/verify").Reply(SignIn);
        http.On("POST", "/v1/players/auth/refresh").Reply(Refresh);
        http.On("POST", "/v1/players/auth/logout").Reply(call => Shown(call) ?? ScriptedReply.Text(204, ""));
        http.On("GET", "/v1/players/identify").Reply(call => Shown(call) ?? Identify());
        http.On("GET", "/v1/game-channels/*").Reply(Channel);
        http.On("POST", "/v1/game-channels/*/join").Reply(call => Shown(call) ?? Channel(call));
        http.On("POST", "/v1/players/socket-token").Reply(call => Shown(call) ?? ScriptedReply.Json(200, new { socketToken = Ada.ReplaceSocketToken() }));
        played.Server.On("v1.players.identify", (connection, frame) =>
        {
            Shows.Add((string?)frame.Data["sessionToken"] ?? "none");
            if (!IsGood((string?)frame.Data["sessionToken"]))
            {
                connection.SendError("v1.players.identify", "INVALID_SESSION_TOKEN", "Invalid session token");
                return;
            }

            connection.Player = Ada;
            connection.Send("v1.players.identify.success", Ada.ToJson());
        });
    }

    internal ScriptedPlayer Ada => played.Server.Player("ada", "talo");

    internal string SessionToken { get; set; } = "";

    internal string RefreshToken { get; set; } = "";

    /// <summary>Session tokens that the socket was shown.</summary>
    internal List<string> Shows { get; } = [];

    internal int Refreshes => played.Server.Http.CallsTo("POST", "/v1/players/auth/refresh").Count;

    private long Now => (long)(played.Scheduler.Now - DateTimeOffset.UnixEpoch).TotalSeconds;

    private long EndsAt { get; set; }

    /// <summary>Signs in on another device: what this one holds no longer works.</summary>
    internal void SignInElsewhere() => NewSession();

    internal PlayerSession NewSession()
    {
        EndsAt = Now + 900;
        SessionToken = Token("session", EndsAt);
        RefreshToken = Token("refresh", Now + (30 * 86400));
        return new PlayerSession { PlayerId = Ada.PlayerId, AliasId = Ada.AliasId, Identifier = "ada", SessionToken = SessionToken, RefreshToken = RefreshToken };
    }

    private string Token(string type, long end) =>
        $"e30.{Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"type":"{{type}}","iat":{{Now}},"exp":{{end}}}""")).TrimEnd('=')}.signature-{++tokens}";

    private bool IsGood(string? token) => token == SessionToken && Now < EndsAt;

    private HttpReply? Shown(HttpCall call)
    {
        var session = call.Header("x-talo-session");
        if (string.IsNullOrEmpty(session)) return ScriptedReply.Json(401, new { message = "The x-talo-session header is required for this player", errorCode = "MISSING_SESSION" });
        return IsGood(session) && call.Header("x-talo-player") == Ada.PlayerId && call.Header("x-talo-alias") == $"{Ada.AliasId}"
            ? null
            : ScriptedReply.Json(401, new { message = "The x-talo-session header is invalid", errorCode = "INVALID_SESSION" });
    }

    private HttpReply SignIn(HttpCall call)
    {
        var session = NewSession();
        var answer = new JObject { ["alias"] = Ada.ToJson(), ["sessionToken"] = session.SessionToken, ["socketToken"] = Ada.ReplaceSocketToken() };
        if (Encoding.UTF8.GetString(call.Body!.Value.Span).Contains("\"withRefresh\":true", StringComparison.Ordinal)) answer["refreshToken"] = session.RefreshToken;
        return ScriptedReply.Json(200, answer);
    }

    private HttpReply Refresh(HttpCall call)
    {
        var shown = (string?)JObject.Parse(Encoding.UTF8.GetString(call.Body!.Value.Span))["refreshToken"];
        if (shown != RefreshToken) return ScriptedReply.Json(401, new { message = "Invalid refresh token", errorCode = "INVALID_SESSION" });
        var session = NewSession();
        return ScriptedReply.Json(200, new { sessionToken = session.SessionToken, refreshToken = session.RefreshToken });
    }

    private HttpReply Identify() => ScriptedReply.Json(200, new { alias = Ada.ToJson(), socketToken = Ada.ReplaceSocketToken() });

    private static HttpReply Channel(HttpCall call) => ScriptedReply.Json(200, new { channel = new { id = 41, name = "harbour" } });
}
