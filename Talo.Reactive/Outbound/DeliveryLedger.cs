using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace Talo.Reactive.Outbound;

/// <summary>
/// The channel messages of one link whose fate is open, in wire order. The protocol has no request ids: an echo is
/// recognised by what it says, an error only by elimination. Pure; not thread-safe.
/// </summary>
/// <remarks>
/// An error belongs to one of the frames written before it came. So once there are as many open errors as open frames
/// among those, each of these frames was refused, whatever was written since. Which error is whose cannot be told: oldest
/// goes with oldest. After each echo and each error, ask <see cref="TryEliminate"/>.
/// </remarks>
/// <typeparam name="TOwner">What the caller wants back when a frame is settled.</typeparam>
/// <typeparam name="TError">An error reply.</typeparam>
internal sealed class DeliveryLedger<TOwner, TError>
{
    /// <summary>How many given-up frames are kept; with more, errors are no longer told apart on this link.</summary>
    internal const int MaxGhosts = 1024;

    private readonly LinkedList<Frame> _frames = new();
    private readonly List<OpenError> _errors = new();
    private long _next;
    private bool _eliminates = true;

    /// <summary>How many frames somebody still waits for.</summary>
    internal int Waiting { get; private set; }

    /// <summary>Whether no frame is open: what the server says then concerns none.</summary>
    internal bool IsEmpty => _frames.Count == 0;

    private int Ghosts => _frames.Count - Waiting;

    /// <summary>Enters a frame. To be called when its write begins, in wire order.</summary>
    /// <returns>What <see cref="Expire"/> and <see cref="Withdraw"/> want.</returns>
    internal Frame Add(int aliasId, int channelId, string text, TOwner owner)
    {
        var frame = new Frame(_next++, aliasId, channelId, text, owner);
        frame.Node = _frames.AddLast(frame);
        Waiting++;
        return frame;
    }

    /// <summary>Settles the oldest frame that an echo fits as delivered.</summary>
    /// <returns>False when none fits, or when the caller had given up the one that does.</returns>
    internal bool TryEcho(int aliasId, int channelId, string text, [MaybeNullWhen(false)] out TOwner owner)
    {
        Frame? oldest = null, newest = null;
        for (var node = _frames.First; node is not null; node = node.Next)
        {
            if (!node.Value.Says(aliasId, channelId, text)) continue;
            oldest ??= node.Value;
            newest = node.Value;
        }

        owner = default;
        if (oldest is null) return false;
        if (newest != oldest) Widen(oldest.Number, newest!.Number);
        Remove(oldest);
        owner = oldest.Owner;
        return GiveUp(oldest);
    }

    /// <summary>Enters an error reply to a channel message. One that no open frame can have caused goes to nobody.</summary>
    internal void AddError(TError error)
    {
        if (_eliminates) _errors.Add(new OpenError(error, _next));
    }

    /// <summary>Settles the frames that can only have been refused, each with one error.</summary>
    internal bool TryEliminate(out IReadOnlyList<(TOwner Owner, TError Error)> rejected)
    {
        List<(TOwner, TError)>? found = null;
        while (FindRefused(out var frames, out var errors))
        {
            for (var i = 0; i < frames; i++)
            {
                var frame = _frames.First!.Value;
                Remove(frame);
                if (GiveUp(frame)) (found ??= new()).Add((frame.Owner, _errors[i].Error));
            }

            _errors.RemoveRange(0, errors);
        }

        rejected = found is null ? Array.Empty<(TOwner, TError)>() : found;
        return found is not null;
    }

    /// <summary>
    /// The caller stops waiting for a frame. It stays as a ghost, so that what the server says of it later is not taken
    /// for an answer to another.
    /// </summary>
    /// <returns>False when it was settled before.</returns>
    internal bool Expire(Frame frame)
    {
        if (!GiveUp(frame)) return false;
        if (Ghosts > MaxGhosts) ForgetOldestGhost();
        return true;
    }

    /// <summary>Takes out a frame that certainly was not written.</summary>
    internal void Withdraw(Frame frame)
    {
        if (GiveUp(frame)) Remove(frame);
    }

    /// <summary>Empties the ledger when the link has ended.</summary>
    /// <returns>The owners of all unsettled frames, in wire order.</returns>
    internal IReadOnlyList<TOwner> DrainAll()
    {
        var owners = new List<TOwner>(Waiting);
        foreach (var frame in _frames)
        {
            if (GiveUp(frame)) owners.Add(frame.Owner);
        }

        _frames.Clear();
        _errors.Clear();
        return owners;
    }

    // The shortest run of oldest frames with an open error for each. More errors than frames come when another device of
    // the alias said the same and its echo settled a frame here: the surplus has nobody left to go to.
    private bool FindRefused(out int frames, out int errors)
    {
        frames = 0;
        var node = _frames.First;
        for (errors = 1; errors <= _errors.Count; errors++)
        {
            var before = _errors[errors - 1].Before;
            for (; node is not null && node.Value.Number < before; node = node.Next) frames++;
            if (frames <= errors) return true;
        }

        return false;
    }

    // Equal texts: the echo may be any of theirs, so what is left under the newer one may in truth be the older frame,
    // and an error that came between the two may be its.
    private void Widen(long oldest, long newest)
    {
        for (var i = 0; i < _errors.Count; i++)
        {
            if (_errors[i].Before > oldest && _errors[i].Before <= newest) _errors[i] = new OpenError(_errors[i].Error, newest + 1);
        }
    }

    private void ForgetOldestGhost()
    {
        _eliminates = false;
        _errors.Clear();
        for (var node = _frames.First; node is not null; node = node.Next)
        {
            if (node.Value.IsAwaited) continue;
            _frames.Remove(node);
            return;
        }
    }

    /// <summary>From now on nobody waits for it.</summary>
    /// <returns>False when nobody did.</returns>
    private bool GiveUp(Frame frame)
    {
        if (!frame.IsAwaited) return false;
        frame.IsAwaited = false;
        Waiting--;
        return true;
    }

    private void Remove(Frame frame) => _frames.Remove(frame.Node!);

    /// <summary>A frame whose fate is open, or was.</summary>
    internal sealed class Frame(long number, int aliasId, int channelId, string text, TOwner owner)
    {
        /// <summary>Its place in wire order.</summary>
        internal long Number => number;

        internal TOwner Owner => owner;

        /// <summary>Whether somebody waits for it: not once it was settled or given up.</summary>
        internal bool IsAwaited { get; set; } = true;

        internal LinkedListNode<Frame>? Node { get; set; }

        internal bool Says(int alias, int channel, string what) =>
            aliasId == alias && channelId == channel && string.Equals(text, what, StringComparison.Ordinal);
    }

    // Before: the number of the first frame that was written after the error came, which cannot have caused it.
    private readonly record struct OpenError(TError Error, long Before);
}
