using System;
using System.Collections.Generic;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>
/// Talo refused something, or could not be reached. The text says what to do; it holds no secret, and shows control characters of the
/// server escaped.
/// </summary>
public class TaloException : Exception
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> NoFields = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Describes a failure, for a fake in a game's test.</summary>
    public TaloException(string message, Exception? inner = null)
        : base(message is null ? null : ControlCharacters.Escape(message), inner)
    {
    }

    /// <summary>The HTTP status of the answer; null when there was none.</summary>
    public int? Status { get; init; }

    /// <summary>The server's <c>errorCode</c>, for instance <c>INVALID_SESSION</c>; null when it sent none.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The same as a code of player auth, to compare; empty when the server sent none.</summary>
    public PlayerAuthErrorCode PlayerAuthErrorCode => new(ErrorCode ?? "");

    /// <summary>What the server finds wrong with each field of the request, by its path; empty when it named none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> FieldErrors { get; init; } = NoFields;

    /// <summary>The props that the server rejected; empty when it named none.</summary>
    public IReadOnlyList<RejectedProp> RejectedProps { get; init; } = Array.Empty<RejectedProp>();

    /// <summary>Whether the same call may work later: no network, a server that is down or overloaded, too many requests.</summary>
    public bool IsTransient { get; init; }

    /// <summary>
    /// How long to wait before the same call, when the server said so: from 0 to 10 minutes, whatever it said. 60 s after a 429 that
    /// did not say, or where what it said cannot be read.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }
}
