using System;
using System.Text.RegularExpressions;

namespace Talo.Reactive.Tests.Loopback.Server;

/// <summary>
/// What Talo sends, to the letter. The clock of the tests stands at 18:20:11.250: a time made in the same request shows its
/// milliseconds, one read again does not.
/// </summary>
internal static partial class Expected
{
    public const string Connected = """{"res":"v1.connected","data":{}}""";
    public const string Fresh = "2026-03-02T18:20:11.250Z";
    public const string Stored = "2026-03-02T18:20:11.000Z";
    public const string NoPresence = "null";
    public const string OnlineFresh = $$"""{"online":true,"customStatus":"","updatedAt":"{{Fresh}}"}""";
    public const string Online = $$"""{"online":true,"customStatus":"","updatedAt":"{{Stored}}"}""";

    public static readonly DateTimeOffset Start = new(2026, 3, 2, 18, 20, 11, 250, TimeSpan.Zero);

    public static string Alias(int id, string name, string presence = Online, string seen = Stored, string props = "", bool dev = false) =>
        $$"""{"id":{{id}},"service":"username","identifier":"{{name}}","displayName":"{{name}}","player":{"id":"<uuid>","props":[{{props}}],"devBuild":{{Flag(dev)}},"createdAt":"{{seen}}","lastSeenAt":"{{seen}}","groups":[],"presence":{{presence}}},"lastSeenAt":"{{seen}}","createdAt":"{{seen}}","updatedAt":"{{seen}}"}""";

    public static string Channel(
        int id, string name, string owner, string at = Stored, string props = "", bool autoCleanup = false, bool temporary = false, int? members = null) =>
        $$"""{"id":{{id}},"name":"{{name}}","owner":{{owner}},"totalMessages":0,"props":[{{props}}],"autoCleanup":{{Flag(autoCleanup)}},"private":false,"temporaryMembership":{{Flag(temporary)}},"createdAt":"{{at}}","updatedAt":"{{at}}"{{(members is null ? "" : $",\"memberCount\":{members}")}}""" + "}";

    public static string Presence(string alias, bool online, string status, bool onlineChanged, bool statusChanged, string at = Fresh) =>
        $$$"""{"res":"v1.players.presence.updated","data":{"presence":{"playerAlias":{{{alias}}},"online":{{{Flag(online)}}},"customStatus":"{{{status}}}","updatedAt":"{{{at}}}"},"meta":{"onlineChanged":{{{Flag(onlineChanged)}}},"customStatusChanged":{{{Flag(statusChanged)}}}""" + "}}}";

    public static string Error(string req, string message, string code, string? cause = null) =>
        $$"""{"res":"v1.error","data":{"req":"{{req}}","message":"{{message}}","errorCode":"{{code}}"{{(cause is null ? "" : $",\"cause\":\"{cause}\"")}}""" + "}}";

    public static string Identify(int alias, string token) =>
        $$"""{"req":"v1.players.identify","data":{"playerAliasId":{{alias}},"socketToken":"{{token}}"}""" + "}";

    public static string Message(int channel, string text) =>
        $$"""{"req":"v1.channels.message","data":{"channel":{"id":{{channel}}""" + $$"""},"message":"{{text}}"}""" + "}";

    /// <summary>Ids that are random become <c>&lt;uuid&gt;</c>.</summary>
    public static string Normal(string text) => Uuid().Replace(text, "<uuid>");

    private static string Flag(bool value) => value ? "true" : "false";

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")]
    private static partial Regex Uuid();
}
