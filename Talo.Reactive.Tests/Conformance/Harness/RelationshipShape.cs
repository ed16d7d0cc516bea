namespace Talo.Reactive.Tests.Conformance;

/// <summary>Templates of what Talo sends about subscriptions.</summary>
internal static class RelationshipShape
{
    public const string Unidirectional = "unidirectional";
    public const string Bidirectional = "bidirectional";

    /// <summary>A subscription; <paramref name="id"/> null where the test has not been told it.</summary>
    public static string Subscription(
        int? id, TestPlayer subscriber, TestPlayer subscribedTo, bool confirmed, string type = Unidirectional) =>
        $$"""{"id":{{id?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "<id>"}},"subscriber":{{Shape.Alias(subscriber)}},"subscribedTo":{{Shape.Alias(subscribedTo)}},"confirmed":{{(confirmed ? "true" : "false")}},"relationshipType":"{{type}}","createdAt":"<time>","updatedAt":"<time>"}""";

    /// <summary>The body that shows one subscription.</summary>
    public static string Body(string subscription) => $$"""{"subscription":{{subscription}}}""";

    /// <summary>A last page of subscriptions.</summary>
    public static string Page(params string[] subscriptions) =>
        $$"""{"subscriptions":[{{string.Join(',', subscriptions)}}],"count":{{subscriptions.Length}},"itemsPerPage":50,"isLastPage":true}""";

    public static string Created(string subscription) => Shape.Event("v1.player-relationships.subscription-created", Body(subscription));

    public static string Confirmed(string subscription) => Shape.Event("v1.player-relationships.subscription-confirmed", Body(subscription));

    public static string Deleted(string subscription, string reciprocal = "null") =>
        Shape.Event(
            "v1.player-relationships.subscription-deleted",
            $$"""{"subscription":{{subscription}},"reciprocalSubscription":{{reciprocal}}}""");

    public static string Broadcast(TestPlayer sender, string text) =>
        Shape.Event("v1.player-relationships.broadcast", $$"""{"message":"{{text}}","playerAlias":{{Shape.Alias(sender)}}}""");
}
