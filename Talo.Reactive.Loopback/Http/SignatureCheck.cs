using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Http;

/// <summary>Request verification: writes on behalf of an alias have to be signed when the game says so.</summary>
internal static class SignatureCheck
{
    public static void Check(Change change, ApiCall call)
    {
        if (!call.Game.VerifyRequests || call.Method == "GET" || call.Header("x-talo-alias") is not { Length: > 0 } alias)
            return;
        var signature = call.Header("x-talo-signature");
        // Talo has no bytes to hash when there was no body at all, and fails over it once the signature can be read.
        if (call.RawBody is null && RequestSignature.Parse(signature) is { } parsed && call.Game.VerificationKeys.ContainsKey(parsed.Version))
            throw new ApiRefusal(ApiReply.Unhandled);
        if (!SignatureVerification.Accepts(change, call.Game, alias, signature, call.RawBody))
            throw new ApiRefusal(401, "Unauthorized");
    }
}
