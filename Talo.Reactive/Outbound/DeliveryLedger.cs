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
    private readonly Dictionary<long, LinkedListNode<Frame>> _waiting = new();
    private readonly List<OpenError> _errors = new();
    private long _next;
    private bool _eliminates = true;

    /// <summary>How many frames somebody still waits for.</summary>
    internal int Waiting => _waiting.Count;

    /// <summary>Whether no frame is open: what the server says then concerns none.</summary>
    internal bool IsEmpty => _frames.Count == 0;

    private int Ghosts => _frames.Count - _waiting.Count;

    /// <summary>Enters a frame. To be called when its write begins, in wire order.</summary>
    /// <returns>A handle for <see cref="Expire"/>.</returns>
    internal long Add(int aliasId, int channelId, string text, TOwner owner)
    {
        var handle = _next++;
        _waiting.Add(handle, _frames.AddLast(new Frame(handle, aliasId, channelId, text, owner)));
        return handle;
    }

    /// <summary>Settles the oldest frame that an echo fits as delivered.</summary>
    /// <returns>False when none fits, or when the caller had given up the one that does.</returns>
    internal bool TryEcho(int aliasId, int channelId, string text, [MaybeNullWhen(false)] out TOwner owner)
    {
        LinkedListNode<Frame>? oldest = null, newest = null;
        for (var node = _frames.First; node is not null; node = node.Next)
        {
            if (!node.Value.Says(aliasId, channelId, text)) continue;
            oldest ??= node;
            newest = node;
        }

        owner = default;
        if (oldest is null) return false;
        if (newest != oldest) Widen(oldest.Value.Handle, newest!.Value.Handle);
        _frames.Remove(oldest);
        owner = oldest.Value.Owner;
        return _waiting.Remove(oldest.Value.Handle);
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
                _frames.RemoveFirst();
                if (_waiting.Remove(frame.Handle)) (found ??= new()).Add((frame.Owner, _errors[i].Error));
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
    internal bool Expire(long handle)
    {
        if (!_waiting.Remove(handle)) return false;
        if (Ghosts > MaxGhosts) ForgetOldestGhost();
        return true;
    }

    /// <summary>Takes out a frame that certainly was not written.</summary>
    internal void Withdraw(long handle)
    {
        if (_waiting.Remove(handle, out var node)) _frames.Remove(node);
    }

    /// <summary>Empties the ledger when the link has ended.</summary>
    /// <returns>The owners of all unsettled frames, in wire order.</returns>
    internal IReadOnlyList<TOwner> DrainAll()
    {
        var owners = new List<TOwner>(_waiting.Count);
        foreach (var frame in _frames)
        {
            if (_waiting.ContainsKey(frame.Handle)) owners.Add(frame.Owner);
        }

        _frames.Clear();
        _waiting.Clear();
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
            for (; node is not null && node.Value.Handle < before; node = node.Next) frames++;
            if (frames <= errors) return true;
        }

        return false;
    }

    // Equal texts: the echo may be any of theirs, so what is left under the newer handle may in truth be the older frame,
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
            if (_waiting.ContainsKey(node.Value.Handle)) continue;
            _frames.Remove(node);
            return;
        }
    }

    private sealed record Frame(long Handle, int AliasId, int ChannelId, string Text, TOwner Owner)
    {
        internal bool Says(int aliasId, int channelId, string text) =>
            AliasId == aliasId && ChannelId == channelId && string.Equals(Text, text, StringComparison.Ordinal);
    }

    // Before: the handle of the first frame that was written after the error came, which cannot have caused it.
    private readonly record struct OpenError(TError Error, long Before);
}
