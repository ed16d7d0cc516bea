using System;
using System.Collections.Generic;

namespace Talo.Reactive.Loopback.State;

/// <summary>One live socket token an alias; a new one replaces it, using it does not consume it.</summary>
internal sealed class SocketTokens(TimeSpan lifetime)
{
    private readonly Dictionary<int, (string Token, DateTimeOffset Expires)> live = [];

    public string Replace(PlayerAlias alias, DateTimeOffset now)
    {
        var token = Guid.NewGuid().ToString();
        live[alias.Id] = (token, now + lifetime);
        return token;
    }

    public bool IsValid(int aliasId, string token, DateTimeOffset now) =>
        live.TryGetValue(aliasId, out var entry) && entry.Token == token && now < entry.Expires;
}
