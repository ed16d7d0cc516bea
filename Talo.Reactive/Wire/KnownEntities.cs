namespace Talo.Reactive.Wire;

/// <summary>The channels and players that the events of one client told of lately. Who uses it holds its lock: <see cref="Payload"/> does.</summary>
internal sealed class KnownEntities
{
    internal KnownObjects<Channel> Channels { get; } = new(64);

    internal KnownObjects<PlayerAlias> Aliases { get; } = new(256);
}
