using System;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>
/// What Apple's Game Center gives a game to prove who plays (<c>fetchItemsForIdentityVerificationSignature</c>). A secret: it never
/// shows in a log, a stream or an exception.
/// </summary>
/// <param name="PublicKeyUrl">Where the key that signed it is: <c>publicKeyURL</c>.</param>
/// <param name="Signature">The signature, in Base64.</param>
/// <param name="Salt">The salt, in Base64.</param>
/// <param name="Timestamp">The timestamp as Game Center gives it, Unix milliseconds.</param>
/// <param name="PlayerId">The <c>teamPlayerID</c> of the player.</param>
/// <param name="BundleId">The bundle id of the game.</param>
public sealed record GameCenterSignature(string PublicKeyUrl, string Signature, string Salt, long Timestamp, string PlayerId, string BundleId)
{
    /// <summary>Who it is about; never the signature.</summary>
    public override string ToString() => $"Game Center signature for {BundleId}";

    /// <summary>What Talo takes as the identifier of the service <c>game_center</c>.</summary>
    internal string ToIdentifier()
    {
        Require(PublicKeyUrl, nameof(PublicKeyUrl));
        Require(Signature, nameof(Signature));
        Require(Salt, nameof(Salt));
        Require(PlayerId, nameof(PlayerId));
        Require(BundleId, nameof(BundleId));
        var time = Timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return $"{{\"publicKeyUrl\":{OutgoingText.Quoted(PublicKeyUrl)},\"signature\":{OutgoingText.Quoted(Signature)}"
            + $",\"salt\":{OutgoingText.Quoted(Salt)},\"timestamp\":{time}"
            + $",\"playerId\":{OutgoingText.Quoted(PlayerId)},\"bundleId\":{OutgoingText.Quoted(BundleId)}}}";
    }

    private static void Require(string value, string name)
    {
        if (string.IsNullOrWhiteSpace(value)) throw new ArgumentException($"Give {name} as Game Center gave it.", name);
    }
}
