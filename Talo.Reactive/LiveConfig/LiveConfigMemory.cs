using System;
using System.Threading;
using Talo.Reactive.Dispatch;

namespace Talo.Reactive;

/// <summary>The last live config that is known. Listens to the socket from the first call on: until then no save is decoded.</summary>
internal sealed class LiveConfigMemory
{
    private static readonly LiveConfig Empty = new();

    private readonly IObservable<LiveConfigUpdated> updates;
    private readonly Turns turns;
    private LiveConfig? value;
    private int saves;
    private bool isListening;

    internal LiveConfigMemory(IObservable<LiveConfigUpdated> updates, Turns turns)
    {
        this.updates = updates;
        this.turns = turns;
    }

    internal LiveConfig Value => Volatile.Read(ref value) ?? Empty;

    internal bool IsLoaded => Volatile.Read(ref value) is not null;

    /// <summary>Begins to listen, before the server is asked: what is saved meanwhile is not missed.</summary>
    /// <returns>How many saves were heard so far.</returns>
    internal int Listen()
    {
        var heard = 0;
        turns.Take(() =>
        {
            heard = saves;
            if (isListening) return;
            isListening = true;
            turns.Afterwards(() => updates.Subscribe(Saved));
        });
        return heard;
    }

    /// <summary>The answer of a call. One that was asked for before a save was heard may be older than it, and is not kept.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="heard">What <see cref="Listen"/> said when it was asked for.</param>
    internal void Load(LiveConfig answer, int heard) => turns.Take(() =>
    {
        if (heard == saves) Volatile.Write(ref value, answer);
    });

    private void Saved(LiveConfigUpdated update) => turns.Take(() =>
    {
        saves++;
        Volatile.Write(ref value, new LiveConfig { Props = update.Config });
    });
}
