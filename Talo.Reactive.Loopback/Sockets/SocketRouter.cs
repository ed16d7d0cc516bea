using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.Sockets.Requests;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Sockets;

/// <summary>
/// Takes one frame through Talo's checks, in their order: rate limit, heartbeat, JSON, envelope, signature, player, scope, data.
/// </summary>
internal static class SocketRouter
{
    private const string UnknownRequest = "unknown";

    private static readonly Dictionary<string, SocketRequest> Requests = new SocketRequest[]
    {
        new IdentifyRequest(),
        new ChannelMessageRequest(),
        new BroadcastRequest(),
    }.ToDictionary(request => request.Name);

    public static void Route(Change change, Connection connection, in SocketMessage message)
    {
        switch (connection.RateLimit.Count(connection.Alias is not null, change.Now))
        {
            case RateVerdict.Warned:
                SendError(change, connection, UnknownRequest, new("RATE_LIMIT_EXCEEDED", "Rate limit exceeded"));
                return;
            case RateVerdict.Expelled:
                connection.Close(1008, "RATE_LIMIT_EXCEEDED");
                return;
        }
        if (message.IsHeartbeat)
        {
            connection.IsAlive = true;
            connection.RateLimit.Forgive();
            change.Send(connection, SocketMessage.Heartbeat);
            return;
        }
        Dispatch(change, connection, message);
    }

    private static void Dispatch(Change change, Connection connection, in SocketMessage message)
    {
        var name = UnknownRequest;
        try
        {
            if (!message.IsJson)
                throw new SocketRefusal("ROUTING_ERROR", "An error occurred while routing the message");
            if (!TryOpen(message.Root, out var request, out var data))
                throw new SocketRefusal("INVALID_MESSAGE", "Invalid message request", Encoding.UTF8.GetString(message.Frame.Span));
            name = request.Name;
            Check(change, connection, request, data, message);
            request.Handle(change, connection, data);
        }
        catch (SocketRefusal refusal)
        {
            SendError(change, connection, name, refusal);
        }
    }

    private static void Check(
        Change change, Connection connection, SocketRequest request, JsonElement data, in SocketMessage message)
    {
        if (connection is { VerifyRequests: true, Alias: { } alias }
            && !SignatureVerification.Accepts(
                change, connection.Game, alias.Id.ToString(CultureInfo.InvariantCulture), message.Signature, message.Payload.Span))
            throw new SocketRefusal("INVALID_SIGNATURE", "Invalid signature");
        if (request.NeedsPlayer && connection.Alias is null)
            throw new SocketRefusal("NO_PLAYER_FOUND", "You must identify a player before sending this request");
        if (connection.Key.Missing(request.Scopes) is { } missing)
            throw new SocketRefusal("MISSING_ACCESS_KEY_SCOPES", missing);
        if (!request.Fits(data))
            throw new SocketRefusal("INVALID_MESSAGE_DATA", "Invalid message data for request", JsonText.Restringify(data));
    }

    private static bool TryOpen(JsonElement root, out SocketRequest request, out JsonElement data)
    {
        data = default;
        request = null!;
        return root.ValueKind == JsonValueKind.Object
            && root.TryGetProperty("req", out var req)
            && req.ValueKind == JsonValueKind.String
            && Requests.TryGetValue(req.GetString()!, out request!)
            && root.TryGetProperty("data", out data)
            && data.ValueKind == JsonValueKind.Object;
    }

    private static void SendError(Change change, Connection connection, string req, SocketRefusal refusal) =>
        change.Send(connection, OutboundFrame.Message("v1.error", data =>
        {
            data.WriteString("req", req);
            data.WriteString("message", refusal.Message);
            data.WriteString("errorCode", refusal.ErrorCode);
            if (refusal.Cause is { } cause)
                data.WriteString("cause", cause);
        }));
}
