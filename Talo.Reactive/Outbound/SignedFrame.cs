using System;
using System.Text;
using Talo.Reactive.Http;

namespace Talo.Reactive.Outbound;

/// <summary>A frame with its signature line before it.</summary>
internal static class SignedFrame
{
    internal static byte[] Of(byte[] payload, VerificationKey key, ServerClock clock)
    {
        var signature = RequestSignature.Create(key.Version, key.Value, RequestSignature.NewRid(), clock.UnixMilliseconds(), payload);
        var frame = new byte[Encoding.UTF8.GetByteCount(signature) + 1 + payload.Length];
        var length = Encoding.UTF8.GetBytes(signature, frame);
        frame[length] = (byte)'\n';
        payload.CopyTo(frame.AsSpan(length + 1));
        return frame;
    }
}
