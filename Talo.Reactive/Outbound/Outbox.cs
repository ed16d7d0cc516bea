using System;
using System.Collections.Generic;

namespace Talo.Reactive.Outbound;

/// <summary>Frames that wait, in order. No clock, no lock: used inside a turn.</summary>
internal sealed class Outbox
{
    private readonly LinkedList<OutgoingFrame> frames = new();
    private readonly int capacity;

    internal Outbox(int capacity) => this.capacity = capacity;

    internal int Count => frames.Count;

    internal bool IsFull => frames.Count >= capacity;

    internal OutgoingFrame? First => frames.First?.Value;

    internal void Add(OutgoingFrame frame) => frames.AddLast(frame);

    /// <summary>Puts a frame back to the front: the server certainly did not take it.</summary>
    internal void AddFirst(OutgoingFrame frame) => frames.AddFirst(frame);

    internal OutgoingFrame TakeFirst()
    {
        var frame = frames.First!.Value;
        frames.RemoveFirst();
        return frame;
    }

    internal bool Remove(OutgoingFrame frame) => frames.Remove(frame);

    /// <summary>Takes out all that meet a condition, in order.</summary>
    internal IReadOnlyList<OutgoingFrame> TakeWhere(Func<OutgoingFrame, bool> condition)
    {
        var taken = new List<OutgoingFrame>();
        for (var node = frames.First; node is not null;)
        {
            var next = node.Next;
            if (condition(node.Value))
            {
                taken.Add(node.Value);
                frames.Remove(node);
            }

            node = next;
        }

        return taken;
    }
}
