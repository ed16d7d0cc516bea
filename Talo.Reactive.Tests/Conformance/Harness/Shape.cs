namespace Talo.Reactive.Tests.Conformance;

/// <summary>Templates of what Talo sends, with the members in its order.</summary>
internal static class Shape
{
    /// <summary>The presence of a player inside an alias, online and without a status.</summary>
    public const string Online = """{"online":true,"customStatus":"","updatedAt":"<time>"}""";

    public const string Offline = """{"online":false,"customStatus":"","updatedAt":"<time>"}""";

    /// <summary>Any presence or none. In copies of an alias that a server may have cached, this is all that is certain.</summary>
    public const string AnyPresence = "<presence>";

    public const string NoPresence = "null";

    public static string Alias(TestPlayer player, string presence = AnyPresence, string? props = null, string? auth = null) =>
        $$$"""{"id":{{{player.AliasId}}},"service":"{{{player.Service}}}","identifier":"{{{player.Identifier}}}","displayName":"{{{player.Identifier}}}","player":{{{Player(player, presence, props, auth)}}},"lastSeenAt":"<time>","createdAt":"<time>","updatedAt":"<time>"}""";

    /// <summary>The player as it is inside an alias.</summary>
    public static string Player(TestPlayer player, string presence = AnyPresence, string? props = null, string? auth = null) =>
        $$$"""{"id":"{{{player.PlayerId}}}","props":[{{{props ?? player.Props}}}],"devBuild":{{{Flag(player.IsDev)}}},"createdAt":"<time>","lastSeenAt":"<time>","groups":[],{{{(auth is null ? "" : $"\"auth\":{auth},")}}}"presence":{{{presence}}}}""";

    /// <summary>
    /// A channel; <paramref name="owner"/> null for none, <paramref name="members"/> null as in socket events, where the count is
    /// not sent. How many messages it has had is told late and is not looked at.
    /// </summary>
    public static string Channel(
        TestChannel channel, TestPlayer? owner, int? members = null, string props = "", bool autoCleanup = false,
        bool isPrivate = false, bool isTemporary = false, string? name = null) =>
        $$$"""{"id":{{{channel.Id}}},"name":"{{{name ?? channel.Name}}}","owner":{{{(owner is null ? "null" : Alias(owner))}}},"totalMessages":<count>,"props":[{{{props}}}],"autoCleanup":{{{Flag(autoCleanup)}}},"private":{{{Flag(isPrivate)}}},"temporaryMembership":{{{Flag(isTemporary)}}},"createdAt":"<time>","updatedAt":"<time>"{{{(members is null ? "" : $",\"memberCount\":{members}")}}}}""";

    /// <summary>A presence as HTTP answers and events tell it.</summary>
    public static string Presence(TestPlayer player, bool online, string status = "", string? auth = null) =>
        $$$"""{"playerAlias":{{{Alias(player, InAlias(online, status), auth: auth)}}},"online":{{{Flag(online)}}},"customStatus":"{{{status}}}","updatedAt":"<time>"}""";

    public static string InAlias(bool online, string status) =>
        $$$"""{"online":{{{Flag(online)}}},"customStatus":"{{{status}}}","updatedAt":"<time>"}""";

    public static string Prop(string key, string value) => $$"""{"key":"{{key}}","value":"{{value}}"}""";

    /// <summary>An event of the socket.</summary>
    public static string Event(string res, string data) => $$"""{"res":"{{res}}","data":{{data}}}""";

    public static string PresenceUpdated(
        TestPlayer player, bool online, string status, bool onlineChanged, bool statusChanged, string? auth = null) =>
        Event(
            "v1.players.presence.updated",
            $$$"""{"presence":{{{Presence(player, online, status, auth)}}},"meta":{"onlineChanged":{{{Flag(onlineChanged)}}},"customStatusChanged":{{{Flag(statusChanged)}}}}}""");

    public static string IdentifySuccess(TestPlayer player, string presence = AnyPresence, string? auth = null) =>
        Event("v1.players.identify.success", Alias(player, presence, auth: auth));

    /// <summary>What a socket gets that identifies itself as a player without a status: its own presence first.</summary>
    public static string[] Identified(TestPlayer player, bool onlineChanged = true, string? auth = null) =>
        [PresenceUpdated(player, online: true, "", onlineChanged, true, auth), IdentifySuccess(player, Online, auth)];

    public static string Joined(string channel, TestPlayer who) =>
        Event("v1.channels.player-joined", $$"""{"channel":{{channel}},"playerAlias":{{Alias(who)}}}""");

    public static string Left(string channel, TestPlayer who, int reason) =>
        Event("v1.channels.player-left", $$$"""{"channel":{{{channel}}},"playerAlias":{{{Alias(who)}}},"meta":{"reason":{{{reason}}}}}""");

    public static string Message(string channel, TestPlayer who, string text) =>
        Event("v1.channels.message", $$"""{"channel":{{channel}},"message":"{{text}}","playerAlias":{{Alias(who)}}}""");

    /// <summary>An error; texts are as they stand in JSON, a cause is escaped here.</summary>
    public static string Error(string req, string message, string code, string? cause = null) =>
        $$$"""{"res":"v1.error","data":{"req":"{{{req}}}","message":"{{{message}}}","errorCode":"{{{code}}}"{{{(cause is null ? "" : $",\"cause\":\"{Escape(cause)}\"")}}}}}""";

    public static string Routing => Error("unknown", "An error occurred while routing the message", "ROUTING_ERROR");

    public static string InvalidMessage(string frame) => Error("unknown", "Invalid message request", "INVALID_MESSAGE", frame);

    public static string InvalidData(string req, string data) =>
        Error(req, "Invalid message data for request", "INVALID_MESSAGE_DATA", data);

    public static string NoPlayer(string req) =>
        Error(req, "You must identify a player before sending this request", "NO_PLAYER_FOUND");

    public static string ListenerError(string req, string cause) =>
        Error(req, "An error occurred while processing the message", "LISTENER_ERROR", cause);

    public static string Message(string text) => $$"""{"message":"{{text}}"}""";

    /// <summary>A refusal that has a code; both as they stand in JSON.</summary>
    public static string Coded(string code, string text) => $$"""{"message":"{{text}}","errorCode":"{{code}}"}""";

    /// <summary>A validation failure of one member.</summary>
    public static string Errors(string path, string text) => $$$"""{"errors":{"{{{path}}}":["{{{text}}}"]}}""";

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", System.StringComparison.Ordinal).Replace("\"", "\\\"", System.StringComparison.Ordinal);
}
