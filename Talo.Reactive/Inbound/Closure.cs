using System;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>The end of a link that had opened.</summary>
/// <param name="Code">The close code; 1006 where no close frame came. 3000: bad ticket or revoked key; 1008: rate limit.</param>
/// <param name="Reason">The reason, or empty.</param>
/// <param name="Origin">Who ended it.</param>
/// <param name="RetryIn">How long until the next try; null where the client does not try by itself.</param>
public sealed record Closure(int Code, string Reason, ClosureOrigin Origin, TimeSpan? RetryIn)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var text = Reason.Length == 0 ? $"{Code} ({Origin})" : $"{Code} {ControlCharacters.Escape(Reason)} ({Origin})";
        return RetryIn is { } wait ? $"{text}, next try in {wait.TotalSeconds:0.#} s" : text;
    }
}
