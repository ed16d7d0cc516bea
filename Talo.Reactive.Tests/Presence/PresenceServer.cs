using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reactive.Concurrency;
using Microsoft.Reactive.Testing;
using Newtonsoft.Json.Linq;
using Talo.Reactive.Http;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Presences;

/// <summary>
/// Teaches a scripted Talo presence: identify sets online, the end of any identified link offline, whatever other links there
/// are, and each of it and each PUT is told to every identified link.
/// </summary>
internal sealed class PresenceServer
{
    private readonly ScriptedTalo _talo;
    private readonly TestScheduler _scheduler;
    private readonly Dictionary<string, (bool Online, string Status)> _presences = [];
    private readonly HashSet<ScriptedSession> _identified = [];

    internal PresenceServer(ScriptedTalo talo, TestScheduler scheduler)
    {
        _talo = talo;
        _scheduler = scheduler;
        talo.On("v1.players.identify", Identify);
        talo.Http.On("PUT", "/v1/players/presence").Reply(Put);
        talo.Http.On("GET", "/v1/players/presence/*").Reply(Get);
    }

    /// <summary>How long the server takes to notice a link that was lost without a word.</summary>
    internal TimeSpan NoticesAfter { get; set; } = TimeSpan.FromSeconds(60);

    internal (bool Online, string Status) this[ScriptedPlayer player] => _presences.GetValueOrDefault(player.PlayerId);

    /// <summary>What another device does.</summary>
    internal void Set(ScriptedPlayer player, bool? online = null, string? status = null)
    {
        var before = (Online: this[player].Online, Status: this[player].Status ?? "");
        _presences[player.PlayerId] = (online ?? before.Online, status ?? before.Status);
        var data = new JObject
        {
            ["presence"] = Json(player),
            ["meta"] = new JObject { ["onlineChanged"] = online != before.Online, ["customStatusChanged"] = status != before.Status },
        };
        foreach (var session in _identified) session.Send("v1.players.presence.updated", data);
    }

    /// <summary>A link goes without a word; the server notices later, and marks the player offline then.</summary>
    internal void Lose(ScriptedSession session)
    {
        session.Link.Lose();
        _scheduler.Schedule(NoticesAfter, () => End(session));
    }

    /// <summary>Notices the links that clients have closed.</summary>
    internal void NoticeClosed()
    {
        foreach (var session in _identified.Where(x => x.Link.ClosedWith is not null).ToList()) End(session);
    }

    private void End(ScriptedSession session)
    {
        if (_identified.Remove(session)) Set(session.Player!, online: false);
    }

    private void Identify(ScriptedSession session, SentFrame frame)
    {
        var player = new[] { _talo.Player("ada"), _talo.Player("grace") }.Single(x => x.AliasId == (int)frame.Data["playerAliasId"]!);
        if (player.SocketToken != (string?)frame.Data["socketToken"])
        {
            session.SendError("v1.players.identify", "INVALID_SOCKET_TOKEN", "Invalid socket token");
            return;
        }

        session.Player = player;
        _identified.Add(session);
        Set(player, online: true);
        session.Send("v1.players.identify.success", player.ToJson());
    }

    private HttpReply Put(HttpCall call)
    {
        var player = new[] { _talo.Player("ada"), _talo.Player("grace") }
            .Single(x => x.AliasId.ToString(CultureInfo.InvariantCulture) == call.Header("x-talo-alias"));
        var body = JObject.Parse(System.Text.Encoding.UTF8.GetString(call.Body!.Value.Span));
        Set(player, (bool?)body["online"], (string?)body["customStatus"]);
        return ScriptedReply.Json(200, new { presence = Json(player) });
    }

    private HttpReply Get(HttpCall call)
    {
        var player = new[] { _talo.Player("ada"), _talo.Player("grace") }.FirstOrDefault(x => call.Address.AbsolutePath.EndsWith(x.PlayerId, StringComparison.Ordinal));
        return player is null
            ? ScriptedReply.Json(404, new { message = "Player not found" })
            : ScriptedReply.Json(200, new { presence = Json(player) });
    }

    private JObject Json(ScriptedPlayer player) => new()
    {
        ["playerAlias"] = player.ToJson(),
        ["online"] = this[player].Online,
        ["customStatus"] = this[player].Status ?? "",
        ["updatedAt"] = "2026-03-02T18:25:00.000Z",
    };
}
