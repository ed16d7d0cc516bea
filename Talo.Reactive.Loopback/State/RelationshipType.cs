namespace Talo.Reactive.Loopback.State;

internal enum RelationshipType
{
    Unidirectional,
    Bidirectional,
}

internal static class RelationshipTypes
{
    public const string Fault = "relationshipType must be either \"unidirectional\" or \"bidirectional\"";

    public static string Name(this RelationshipType type) =>
        type is RelationshipType.Bidirectional ? "bidirectional" : "unidirectional";

    public static RelationshipType? Parse(string? name) => name switch
    {
        "unidirectional" => RelationshipType.Unidirectional,
        "bidirectional" => RelationshipType.Bidirectional,
        _ => null,
    };
}
