using System;

namespace Talo.Reactive.Inbound;

/// <summary>From the bytes of one kind of event to those who listen to it. Used on the delivery queue, by the reader of the socket.</summary>
internal interface IEventRoute
{
    /// <summary>Whether anybody listens to this event: where nobody does, it is not decoded.</summary>
    bool IsWanted(ReadOnlySpan<byte> data);

    /// <summary>Decodes an event, once, and tells everybody.</summary>
    /// <exception cref="TaloPayloadException">It is not what it should be; nobody is told.</exception>
    void OnNext(ReadOnlySpan<byte> data);

    /// <summary>The last thing that observers hear.</summary>
    void OnCompleted();
}
