using Talo.Reactive.Http;

namespace Talo.Reactive.Outbound;

/// <summary>A frame with its signature line before it.</summary>
internal static class SignedFrame
{
    internal static byte[] Of(byte[] payload, VerificationKey key, ServerClock clock)
    {
        var signature = RequestSignature.Utf8(key.Version, key.Value, RequestSignature.NewRid(), clock.UnixMilliseconds(), payload);
        var frame = new byte[signature.Length + 1 + payload.Length];
        signature.CopyTo(frame, 0);
        frame[signature.Length] = (byte)'\n';
        payload.CopyTo(frame, signature.Length + 1);
        return frame;
    }
}
