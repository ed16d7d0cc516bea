using System;
using System.Globalization;
using Newtonsoft.Json.Linq;
using Talo.Reactive.Http;

namespace Talo.Reactive.Testing;

// What the server does by itself.
public sealed partial class ScriptedTalo
{
    private void Accept(ScriptedLink link)
    {
        var session = new ScriptedSession(this, _clock, link);
        _sessions.Add(session);
        link.Written.Subscribe(frame => Handle(session, frame));
        if (!_tickets.Redeem(QueryString.Value(link.Address!, "ticket"))) session.Refuse();
        else if (SendsConnected) session.Connect();
    }

    private void Handle(ScriptedSession session, SentFrame frame)
    {
        if (!session.IsConnected)
        {
            _dropped.Add(frame);
        }
        else if (frame.IsHeartbeat)
        {
            if (AnswersHeartbeats) session.SendText(frame.Text);
        }
        else if (ScriptJson.TryParse(frame.Payload) is null)
        {
            session.SendError("unknown", "ROUTING_ERROR", "An error occurred while routing the message");
        }
        else if (frame.Req is { } req && _handlers.TryGetValue(req, out var handle))
        {
            handle(session, frame);
        }
        else
        {
            session.SendError("unknown", "INVALID_MESSAGE", "Invalid message request", frame.Text);
        }
    }

    private void Identify(ScriptedSession session, SentFrame frame)
    {
        var aliasId = frame.Data["playerAliasId"] is JValue { Type: JTokenType.Integer } id ? (long)id : -1;
        var player = _players.Find(p => p.AliasId == aliasId);
        if (player is null || frame.Data["socketToken"] is not JValue { Type: JTokenType.String } token || !player.Accepts((string?)token))
        {
            session.SendError("v1.players.identify", "INVALID_SOCKET_TOKEN", "Invalid socket token");
            return;
        }

        session.Player = player;
        session.Send("v1.players.identify.success", player.ToJson());
    }

    private void RelayChannelMessage(ScriptedSession session, SentFrame frame)
    {
        if (session.Player is not { } sender)
        {
            session.SendError(frame.Req!, "NO_PLAYER_FOUND", "You must identify a player before sending this request");
        }
        else if (frame.Data["channel"]?["id"] is JValue { Type: JTokenType.Integer } channel
            && frame.Data["message"] is JValue { Type: JTokenType.String } text)
        {
            _channelMessages.Add(frame);
            if (EchoChannelMessages)
                session.Send(frame.Req!, ScriptedTaloJson.ChannelMessage((int)channel, sender, (string)text!, _clock.Now));
        }
        else
        {
            session.SendError(frame.Req!, "INVALID_MESSAGE_DATA", "Invalid message data for request", ScriptJson.Write(frame.Data));
        }
    }

    private HttpReply Identify(HttpCall call)
    {
        var service = QueryString.Value(call.Address, "service");
        var identifier = QueryString.Value(call.Address, "identifier");
        if (string.IsNullOrEmpty(service) || string.IsNullOrEmpty(identifier))
            return ScriptedReply.Json(400, new { message = "service or identifier is missing from the request query" });
        var player = Player(identifier, service);
        return ScriptedReply.Json(200, new { alias = player.ToJson(), socketToken = player.ReplaceSocketToken() });
    }

    private HttpReply ReplaceToken(HttpCall call)
    {
        var player = _players.Find(p => p.AliasId.ToString(CultureInfo.InvariantCulture) == call.Header("x-talo-alias"));
        return player is null
            ? ScriptedReply.Json(404, new { message = "Player not found" })
            : ScriptedReply.Json(200, new { socketToken = player.ReplaceSocketToken() });
    }

    // UUIDs of version 4 in form, counted so that a run is the same each time; the second group says what they are for.
    private string NextId(int kind) => string.Format(CultureInfo.InvariantCulture, "{0:x8}-{1:x4}-4000-8000-000000000000", ++_ids, kind);
}
