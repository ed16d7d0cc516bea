using System;
using Talo.Reactive.Http;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>A verification key of the game: what requests are signed with when the game has request verification on.</summary>
public sealed class VerificationKey
{
    /// <summary>Takes a key as the dashboard shows it.</summary>
    /// <param name="version">The key's version, for instance <c>v1</c>.</param>
    /// <param name="value">The key's value. A secret.</param>
    /// <exception cref="ArgumentException">One of them is blank, or the version holds <c>|</c> or what cannot stand in a header.</exception>
    public VerificationKey(string version, string value)
    {
        if (string.IsNullOrWhiteSpace(version))
            throw new ArgumentException("Give the version of the verification key as the Talo dashboard shows it, for instance \"v1\".", nameof(version));
        if (version.Contains('|') || !HttpHeaders.CanHold(version))
            throw new ArgumentException("The version of a verification key has no '|', no line break and nothing outside ASCII: give it as the Talo dashboard shows it.", nameof(version));
        if (string.IsNullOrWhiteSpace(value))
            throw new ArgumentException("Give the value of the verification key as the Talo dashboard shows it.", nameof(value));
        Version = version;
        Value = SecretLength.Require(value, nameof(value));
    }

    /// <summary>The version.</summary>
    public string Version { get; }

    internal string Value { get; }

    /// <summary>The version only: the value is a secret.</summary>
    public override string ToString() => $"verification key {Version}";
}
