using System;
using System.Linq;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>Templates of the events of a channel and of its storage.</summary>
internal static class ChannelShape
{
    /// <summary>The answer of all calls that return one channel.</summary>
    public static string Answer(string channel) => $$"""{"channel":{{channel}}}""";

    /// <summary>One page of a list that holds all there is.</summary>
    public static string OnePage(string name, params string[] items) =>
        $$"""{"{{name}}":[{{string.Join(',', items)}}],"count":{{items.Length}},"itemsPerPage":50,"isLastPage":true}""";

    /// <summary>All members of a channel on one page, in the order of their ids.</summary>
    public static string Members(params TestPlayer[] members) =>
        OnePage("members", [.. members.OrderBy(member => member.AliasId).Select(member => Shape.Alias(member))]);

    public static string Updated(string channel, params string[] changed) =>
        Shape.Event(
            "v1.channels.updated",
            $$"""{"channel":{{channel}},"changedProperties":[{{string.Join(',', changed.Select(name => $"\"{name}\""))}}]}""");

    public static string OwnershipTransferred(string channel, TestPlayer newOwner) =>
        Shape.Event("v1.channels.ownership-transferred", $$"""{"channel":{{channel}},"newOwner":{{Shape.Alias(newOwner)}}}""");

    public static string Deleted(string channel) => Shape.Event("v1.channels.deleted", Answer(channel));

    /// <summary>A prop in a channel's storage; the value as it stands in JSON.</summary>
    public static string Stored(string key, string value, TestPlayer createdBy, TestPlayer? lastUpdatedBy = null) =>
        $$"""{"key":"{{key}}","value":"{{value}}","createdBy":{{Shape.Alias(createdBy)}},"lastUpdatedBy":{{Shape.Alias(lastUpdatedBy ?? createdBy)}},"createdAt":"<time>","updatedAt":"<time>"}""";

    public static string Rejected(string key, string error, string message) =>
        $$"""{"key":"{{key}}","error":"{{error}}","message":"{{message}}"}""";

    public static string TooLongAValue(string key, int length = 513) =>
        Rejected(key, "PROP_VALUE_TOO_LONG", $"Prop value length ({length}) exceeds 512 characters");

    public static string TooLongAKey(string key) =>
        Rejected(key, "PROP_KEY_TOO_LONG", $"Prop key length ({key.Length}) exceeds 128 characters");

    /// <summary>The refusal of a write that takes all of its props or none.</summary>
    public static string PropsRefused(params string[] rejected) =>
        $$"""{"errors":{"props":["One or more props are invalid, see rejectedProps"]},"rejectedProps":[{{string.Join(',', rejected)}}]}""";

    public static string Props(params (string Key, string Value)[] props) =>
        string.Join(',', Array.ConvertAll(props, prop => Shape.Prop(prop.Key, prop.Value)));
}
