using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using Talo.Reactive.Connection;
using Talo.Reactive.Http;

namespace Talo.Reactive.Channels.Storage;

/// <summary>
/// Watches the storage of one channel for everybody who wants some of its keys: asks for what is not known, merges what is
/// written, asks again after a reconnect. All of it on the delivery queue, so one thing at a time and in the order of the wire.
/// </summary>
internal sealed class StorageWatch
{
    private readonly StorageWatches all;
    private readonly StorageMerge merge = new();
    private readonly List<StorageViewer> viewers = [];
    private readonly List<StorageQuestion> open = [];
    private readonly CompositeDisposable inputs = [];
    private int? aliasId;
    private int? epoch;
    private bool ended;

    internal StorageWatch(StorageWatches all, int channelId)
    {
        this.all = all;
        ChannelId = channelId;
    }

    internal int ChannelId { get; }

    internal void Begin()
    {
        var streams = all.Streams;
        // The writes first, so that none is missed between the question and the listening.
        inputs.Add(streams.ChannelStorageUpdated.In(ChannelId).Subscribe(Written));
        inputs.Add(streams.ChannelDeleted.In(ChannelId).Subscribe(_ => Complete()));
        inputs.Add(streams.ChannelPlayerLeft.In(ChannelId).Subscribe(Left));
        inputs.Add(streams.ChannelPlayerJoined.In(ChannelId).Subscribe(Joined));
        inputs.Add(all.Memberships.Lost.Subscribe(Lost));
        inputs.Add(streams.States.Subscribe(Stands, Complete));
    }

    internal void Add(StorageViewer viewer)
    {
        viewer.Watch = this;
        viewers.Add(viewer);
        if (epoch is not null) Ask(merge.Missing(viewer.Keys), attempt: 0, background: false);
        Show(viewer);
    }

    internal void Remove(StorageViewer viewer)
    {
        if (!viewers.Remove(viewer) || ended) return;
        if (viewers.Count == 0) End();
        else merge.Forget(viewer.Keys.Except(Watched));
    }

    private IEnumerable<string> Watched => viewers.SelectMany(static x => x.Keys).Distinct(StringComparer.Ordinal);

    private void Stands(ConnectionState state)
    {
        var player = all.Connection.Player?.Id;
        if (aliasId is not null && player != aliasId)
        {
            Complete();
        }
        else if (state.Status != ConnectionStatus.Identified || player is null)
        {
            if (!state.IsConnected) Lose();
        }
        else if (epoch != state.Epoch)
        {
            Lose();
            var again = aliasId is not null;
            aliasId = player;
            epoch = state.Epoch;
            Ask(Watched, attempt: 0, background: again);
        }
    }

    // What is known is still shown: it is the last that was heard.
    private void Lose()
    {
        epoch = null;
        Withdraw();
    }

    private void Withdraw()
    {
        merge.Lost();
        foreach (var question in open) question.Dispose();
        open.Clear();
    }

    private void Ask(IEnumerable<string> keys, int attempt, bool background)
    {
        foreach (var batch in StorageKeys.Batches([.. keys]))
        {
            var question = new StorageQuestion(batch, attempt);
            open.Add(question);
            merge.Asked(question, batch);
            question.Under = all.Calls.Some(aliasId!.Value, ChannelId, batch, background).Subscribe(
                found => all.Turns.Tell(() => Answered(question, found)),
                error => all.Turns.Tell(() => Refused(question, error)));
        }
    }

    private void Answered(StorageQuestion question, IReadOnlyList<ChannelStorageProp> found)
    {
        if (!open.Remove(question)) return;
        merge.Answered(question, question.Keys, found);
        ShowAll();
    }

    private void Refused(StorageQuestion question, Exception error)
    {
        if (!open.Contains(question)) return;
        if (error is TaloException refusal && (refusal.IsTransient || IsTooEarly(question, refusal)))
        {
            var wait = RetryPolicy.Wait(question.Attempt, RetryAfter.Of(refusal), all.Settings);
            question.Under = all.Turns.Scheduler.Schedule(wait, () => all.Turns.Tell(() => AskAgain(question)));
            return;
        }

        open.Remove(question);
        foreach (var viewer in viewers.Where(x => x.Keys.Intersect(question.Keys).Any()).ToArray())
        {
            viewer.Fail(error);
            Remove(viewer);
        }
    }

    // The question may have overtaken the client's own way into the channel, or back into it, or the news of its end.
    private bool IsTooEarly(StorageQuestion question, TaloException refusal) =>
        refusal.Status == 403
        && (all.Memberships.IsJoining(ChannelId) || (question.Attempt < 2 && all.Memberships.IsMember(ChannelId)));

    private void AskAgain(StorageQuestion question)
    {
        if (open.Remove(question)) Ask(question.Keys.Intersect(Watched), question.Attempt + 1, background: true);
    }

    private void Written(ChannelStorageUpdated update)
    {
        if (merge.Written(update)) ShowAll();
    }

    private void Left(ChannelPlayerLeft left)
    {
        // Taken out by going offline, the client goes back: the way back is heard as well.
        if (left.PlayerAlias.Id == aliasId && !all.Memberships.IsJoining(ChannelId)) Complete();
    }

    // What was written between leaving and joining was not told.
    private void Joined(ChannelPlayerJoined joined)
    {
        if (epoch is null || joined.PlayerAlias?.Id != aliasId) return;
        Withdraw();
        Ask(Watched, attempt: 0, background: true);
    }

    private void Lost(ChannelMembershipLost lost)
    {
        if (lost.Channel.Id != ChannelId || lost.Cause is ChannelMembershipLossCause.OwnershipLost) return;
        if (lost.Error is not { } error)
        {
            Complete();
            return;
        }

        End();
        foreach (var viewer in viewers) viewer.Fail(error);
    }

    private void ShowAll()
    {
        foreach (var viewer in viewers.ToArray()) Show(viewer);
    }

    private void Show(StorageViewer viewer)
    {
        // Nothing starts after the client was disposed.
        if (!all.Turns.Deliveries.IsClosed && merge.Read(ChannelId, viewer.Keys) is { } storage) viewer.Show(storage);
    }

    private void Complete()
    {
        if (ended) return;
        End();
        foreach (var viewer in viewers) viewer.Complete();
    }

    private void End()
    {
        ended = true;
        all.Ended(this);
        Lose();
        inputs.Dispose();
    }
}
