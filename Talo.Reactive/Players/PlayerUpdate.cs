using System.Collections.Generic;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>What became of props that were sent: the server takes the good ones and names the others.</summary>
public sealed record PlayerUpdate
{
    private readonly ValueList<RejectedProp> _rejectedProps = ValueList<RejectedProp>.Empty;

    /// <summary>The player as it is now, with all its props.</summary>
    public Player Player { get; init; } = Player.Unknown;

    /// <summary>The props that the server refused; it forgot the earlier values of their keys. Never null.</summary>
    public IReadOnlyList<RejectedProp> RejectedProps
    {
        get => _rejectedProps;
        init => _rejectedProps = ValueList<RejectedProp>.Of(value);
    }

    /// <inheritdoc/>
    public override string ToString() => RejectedProps.Count == 0 ? $"{Player}: updated" : $"{Player}: {RejectedProps.Count} prop(s) rejected";
}
