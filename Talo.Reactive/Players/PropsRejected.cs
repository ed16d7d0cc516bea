using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Props of the current player that were not saved, and will not be tried again.</summary>
public sealed record PropsRejected
{
    private readonly ValueList<RejectedProp> _props = ValueList<RejectedProp>.Empty;

    /// <summary>Whose props.</summary>
    public PlayerAlias Alias { get; init; } = PlayerAlias.Unknown;

    /// <summary>The props with the reason of each. Never null.</summary>
    public IReadOnlyList<RejectedProp> Props
    {
        get => _props;
        init => _props = ValueList<RejectedProp>.Of(value);
    }

    /// <summary>Why nothing of the request was saved; null where the server took it and refused single props.</summary>
    public TaloException? Error { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape(string.Join("; ", Props.Select(static x => $"{x.Key}: {x.Message}")));
}
