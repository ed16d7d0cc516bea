using System;
using System.Linq;

namespace Talo.Reactive.Http;

/// <summary>A call of the Talo API, before it has headers.</summary>
/// <param name="Method">GET, POST, PUT, PATCH or DELETE.</param>
/// <param name="PathAndQuery">From <c>/v1</c> on, escaped.</param>
internal sealed record TaloRequest(string Method, string PathAndQuery)
{
    /// <summary>The JSON body; null for none.</summary>
    internal byte[]? Body { get; init; }

    /// <summary>What is told of the body where it holds secrets; null where it is told as it is.</summary>
    internal byte[]? ShownBody { get; init; }

    /// <summary>The session that the call shows. Set where the call is made, for an alias that has one.</summary>
    internal PlayerSession? Session { get; init; }

    /// <summary>The alias that acts (<c>x-talo-alias</c>); null where the call needs none.</summary>
    internal int? AliasId { get; init; }

    /// <summary>Whether the client makes the call by itself: it then waits behind the game's own calls.</summary>
    internal bool IsBackground { get; init; }

    /// <summary>What it is called where it is told of. Secrets in it are not replaced.</summary>
    internal string Name => $"{Method} {PathAndQuery}";

    /// <summary>
    /// For a call that the client makes by itself: told how long it has to wait for its turn, and again when that changes. Never told
    /// where it only waits for a call of the game to end.
    /// </summary>
    internal Action<TimeSpan>? Held { get; init; }

    /// <summary>For a call that the client makes by itself: told when its turn has come.</summary>
    internal Action? Begun { get; init; }

    /// <summary>What background calls take turns by: healing, snapshots of states and saves must not keep each other waiting.</summary>
    internal string Kind => Method + string.Join('/', PathAndQuery.Split('?')[0].Split('/').Take(3));

    internal RateBucket Bucket => RateBuckets.Of(PathAndQuery);
}
