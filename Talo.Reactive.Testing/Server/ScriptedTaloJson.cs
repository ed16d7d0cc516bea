using System;
using Newtonsoft.Json.Linq;

namespace Talo.Reactive.Testing;

/// <summary>What the server writes, as JSON.</summary>
internal static class ScriptedTaloJson
{
    internal static JObject Error(string req, string errorCode, string message, string? cause)
    {
        var data = new JObject { ["req"] = req, ["message"] = message, ["errorCode"] = errorCode };
        if (cause is not null) data["cause"] = cause;
        return data;
    }

    internal static JObject ChannelMessage(int channelId, ScriptedPlayer sender, string text, DateTimeOffset now) => new()
    {
        ["channel"] = Channel(channelId, ScriptedPlayer.Time(now)),
        ["message"] = text,
        ["playerAlias"] = sender.ToJson(),
    };

    private static JObject Channel(int id, string time) => new()
    {
        ["id"] = id,
        ["name"] = $"channel {id}",
        ["owner"] = null,
        ["totalMessages"] = 0,
        ["props"] = new JArray(),
        ["autoCleanup"] = false,
        ["private"] = false,
        ["temporaryMembership"] = false,
        ["createdAt"] = time,
        ["updatedAt"] = time,
    };
}
