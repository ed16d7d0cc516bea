using System;
using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Talo.Reactive.Testing;

/// <summary>A player of a <see cref="ScriptedTalo"/>, with one alias.</summary>
public sealed class ScriptedPlayer
{
    private readonly Func<string> _newToken;
    private readonly DateTimeOffset _createdAt;
    private readonly ScriptClock _clock;
    private DateTimeOffset _tokenSince;

    internal ScriptedPlayer(int aliasId, string playerId, string service, string identifier, Func<string> newToken, ScriptClock clock)
    {
        AliasId = aliasId;
        PlayerId = playerId;
        Service = service;
        Identifier = identifier;
        DisplayName = identifier;
        _newToken = newToken;
        _clock = clock;
        _createdAt = clock.Now;
        SocketToken = string.Empty;
    }

    /// <summary>The id of the alias.</summary>
    public int AliasId { get; }

    /// <summary>The id of the player, a UUID.</summary>
    public string PlayerId { get; }

    /// <summary>The service of the alias, <c>username</c> for one.</summary>
    public string Service { get; }

    /// <summary>The identifier of the alias.</summary>
    public string Identifier { get; }

    /// <summary>The name that others see; the identifier by default.</summary>
    public string DisplayName { get; set; }

    /// <summary>The socket token that counts now; empty before the first. It is valid for 3,600 s.</summary>
    public string SocketToken { get; private set; }

    /// <summary>Makes a new socket token, as an identify of this alias on another device does: the old one no longer identifies.</summary>
    /// <returns>The new token.</returns>
    public string ReplaceSocketToken()
    {
        _tokenSince = _clock.Now;
        return SocketToken = _newToken();
    }

    /// <summary>The alias as the server writes it.</summary>
    public JObject ToJson() => new()
    {
        ["id"] = AliasId,
        ["service"] = Service,
        ["identifier"] = Identifier,
        ["displayName"] = DisplayName,
        ["player"] = new JObject
        {
            ["id"] = PlayerId,
            ["props"] = new JArray(),
            ["devBuild"] = false,
            ["createdAt"] = Time(_createdAt),
            ["lastSeenAt"] = Time(_createdAt),
            ["groups"] = new JArray(),
            ["presence"] = null,
        },
        ["lastSeenAt"] = Time(_createdAt),
        ["createdAt"] = Time(_createdAt),
        ["updatedAt"] = Time(_createdAt),
    };

    internal static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    internal bool Accepts(string? token) =>
        SocketToken.Length > 0 && token == SocketToken && _clock.Now - _tokenSince <= TimeSpan.FromSeconds(3600);
}
