namespace Talo.Reactive.Loopback.State;

/// <summary>The two types of a subscription, as they are on the wire.</summary>
internal static class RelationshipType
{
    public const string Unidirectional = "unidirectional";
    public const string Bidirectional = "bidirectional";

    /// <summary>What is wrong with a type; null when nothing is.</summary>
    public static string? Fault(string? type) => type is Unidirectional or Bidirectional
        ? null
        : $"relationshipType must be either \"{Unidirectional}\" or \"{Bidirectional}\"";
}
