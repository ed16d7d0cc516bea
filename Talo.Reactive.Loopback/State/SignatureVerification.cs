using System;

namespace Talo.Reactive.Loopback.State;

/// <summary>All that a signature has to pass; the cheap checks come before those that remember something.</summary>
internal static class SignatureVerification
{
    public static bool Accepts(Change change, Game game, string alias, string? signature, ReadOnlySpan<byte> payload) =>
        RequestSignature.Parse(signature) is { } parsed
        && parsed.IsGenuine(game, payload)
        && change.World.ReplayWindows.TryAccept(alias, parsed.Rid, parsed.Timestamp, change.Now);
}
