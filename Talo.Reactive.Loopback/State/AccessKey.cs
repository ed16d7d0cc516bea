using System;
using System.Collections.Generic;
using System.Linq;

namespace Talo.Reactive.Loopback.State;

internal sealed class AccessKey(int id, Game game, IReadOnlyCollection<string> scopes)
{
    public int Id { get; } = id;
    public Game Game { get; } = game;
    public bool IsRevoked { get; set; }

    public bool Has(string scope) => scopes.Contains("*") || scopes.Contains(scope);

    /// <summary>Null when every scope is there, else the message that Talo answers with.</summary>
    public string? Missing(IEnumerable<string> needed)
    {
        var missing = string.Join(", ", needed.Where(scope => !Has(scope)));
        return missing.Length == 0 ? null : "Missing access key scope(s): " + missing;
    }
}
