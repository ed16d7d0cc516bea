using System;

namespace Talo.Reactive.Wire;

/// <summary>How long a ticket, a token, a key or a password may be. Talo's have less than a thousand characters.</summary>
internal static class SecretLength
{
    /// <summary>What a server takes in the first line of a request, or in a header.</summary>
    internal const int Max = 8192;

    /// <summary>The secret that the game gives, if it can be one.</summary>
    internal static string Require(string secret, string parameter) => secret.Length <= Max
        ? secret
        : throw new ArgumentException($"{parameter} has {secret.Length} characters; no key, ticket, token or password of Talo has more than {Max}: give that alone.", parameter);
}
