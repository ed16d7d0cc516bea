using System;

namespace Talo.Reactive.Loopback.State;

/// <summary>What the events of a channel's messages say of it, though the count has gone up since.</summary>
internal readonly record struct ToldChannel(int TotalMessages, DateTimeOffset UpdatedAt, DateTimeOffset Expires)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
}
