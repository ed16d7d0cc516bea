namespace Talo.Reactive.Loopback.State;

/// <summary>What a list of channels is narrowed to. Empty values narrow nothing.</summary>
internal readonly record struct ChannelFilter(string? Search, PropFilter Prop)
{
    public bool Admits(Channel channel) => Finds(channel, Search) && Prop.Admits(channel.Props);

    private static bool Finds(Channel channel, string? search) =>
        string.IsNullOrEmpty(search)
        || SqlPattern.Contains(channel.Name, search)
        || (channel.Owner is { } owner && SqlPattern.Contains(owner.Identifier, search));
}
