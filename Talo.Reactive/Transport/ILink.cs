using System;
using System.Reactive;

namespace Talo.Reactive.Transport;

/// <summary>One live socket: text frames both ways and a closure. Used once and thrown away.</summary>
public interface ILink
{
    /// <summary>
    /// The inbound frames, whole (fragments joined), as UTF-8 bytes. One observer only; nothing is read before it
    /// subscribes, and not much further than the frame whose OnNext is running (the engines of this library read 64 KB ahead, and
    /// a frame under way), so a slow observer slows the peer.
    /// </summary>
    /// <remarks>
    /// The memory is valid during OnNext only. Calls are serialized, on the thread that reads. Never OnError: the stream
    /// completes once, when the link has ended for whatever reason, and <see cref="Closure"/> is set before it does.
    /// Disposing the subscription does not end the link: <see cref="Abort"/> does.
    /// </remarks>
    IObservable<ReadOnlyMemory<byte>> Frames { get; }

    /// <summary>How the link ended; null while it lives.</summary>
    LinkClosure? Closure { get; }

    /// <summary>Writes one text frame. Cold: subscribe once. One write at a time: subscribe to the next after the last has ended.</summary>
    /// <param name="frame">UTF-8 text; must stay unchanged until the write has ended.</param>
    /// <returns>Completes when the engine has taken the whole frame; errors with <see cref="LinkEndedException"/> when the link had
    /// ended before (the peer has nothing of it), with anything else when the link ended under it (the peer may or may not have it).</returns>
    IObservable<Unit> Send(ReadOnlyMemory<byte> frame);

    /// <summary>Starts the closing handshake. Cold. May be subscribed while a write is under way; the engine lets that write finish first.</summary>
    /// <param name="code">1000, or 3000 to 4999.</param>
    /// <param name="reason">At most 123 bytes of UTF-8.</param>
    /// <returns>
    /// Completes when the close frame is written or the link has ended; it does not wait for the peer's answer. The answer
    /// ends <see cref="Frames"/>. The caller bounds the wait and calls <see cref="Abort"/> after it.
    /// </returns>
    IObservable<Unit> Close(int code, string reason);

    /// <summary>Drops the link at once, without a close frame. Idempotent, never throws, never blocks; <see cref="Frames"/> completes.</summary>
    void Abort();
}
