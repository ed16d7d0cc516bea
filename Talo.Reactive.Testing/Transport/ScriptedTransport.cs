using System;
using System.Collections.Generic;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Testing;

/// <summary>
/// A transport that plays a script: each dial takes the next outcome, and every link that it opens is in the hands of the
/// test. No thread, no task and no timer: everything happens on the scheduler.
/// </summary>
/// <example>
/// <code>
/// var transport = new ScriptedTransport(scheduler).Script(DialOutcome.Fails(), DialOutcome.Opens());
/// // ... the client dials twice ...
/// transport.Link.ReceiveMessage("v1.connected");
/// transport.Link.Lose();
/// </code>
/// </example>
public sealed class ScriptedTransport : ITransport
{
    private readonly ScriptClock _clock;
    private readonly Queue<DialOutcome> _script = new();
    private readonly List<ScriptedDial> _dials = new();
    private readonly List<ScriptedLink> _links = new();
    private readonly Subject<ScriptedLink> _opened = new();

    /// <summary>Makes a transport whose dials open at once until a script says otherwise.</summary>
    /// <param name="scheduler">Drives and stamps everything.</param>
    public ScriptedTransport(IScheduler scheduler)
    {
        _clock = new ScriptClock(scheduler);
        Opened = _opened.AsObservable();
    }

    /// <summary>What a dial leads to when the script is used up. The default is <see cref="DialOutcome.Opens"/>.</summary>
    public DialOutcome Otherwise { get; set; } = DialOutcome.Opens();

    /// <summary>Every dial so far, in order.</summary>
    public IReadOnlyList<ScriptedDial> Dials => _dials;

    /// <summary>Every link that opened so far, in order.</summary>
    public IReadOnlyList<ScriptedLink> Links => _links;

    /// <summary>The link that opened last.</summary>
    /// <exception cref="InvalidOperationException">None has.</exception>
    public ScriptedLink Link => _links.Count > 0
        ? _links[^1]
        : throw new InvalidOperationException($"No link has opened yet; dials so far: {_dials.Count}. Does the scheduler have to be advanced?");

    /// <summary>Each link when it opens, before the client has it. Hot; never ends.</summary>
    public IObservable<ScriptedLink> Opened { get; }

    /// <summary>Adds to the script: each of the next dials takes the next outcome.</summary>
    /// <returns>This transport.</returns>
    public ScriptedTransport Script(params DialOutcome[] outcomes)
    {
        foreach (var outcome in outcomes) _script.Enqueue(outcome);
        return this;
    }

    /// <summary>Drops the records of dials and links, the last link excepted, for a run whose records would fill the memory.</summary>
    public void Forget()
    {
        _dials.Clear();
        if (_links.Count > 1) _links.RemoveRange(0, _links.Count - 1);
    }

    /// <inheritdoc/>
    public IObservable<ILink> Dial(Uri address, int maxFrameBytes)
    {
        _ = address ?? throw new ArgumentNullException(nameof(address));
        return new SubscribeObservable<ILink>(observer =>
        {
            var dial = new ScriptedDial(address, maxFrameBytes, _clock.Now, _clock.Elapsed);
            _dials.Add(dial);
            var outcome = _script.Count > 0 ? _script.Dequeue() : Otherwise;
            var answer = outcome.After is { } after
                ? _clock.After(after, () => Answer(dial, outcome, observer))
                : Disposable.Empty;
            return Disposable.Create(() =>
            {
                answer.Dispose();
                if (dial.IsPending) dial.GivenUpAt = _clock.Now;
            });
        });
    }

    private void Answer(ScriptedDial dial, DialOutcome outcome, IObserver<ILink> observer)
    {
        if (outcome.Error is { } error)
        {
            dial.Error = error;
            observer.OnError(error);
            return;
        }

        var link = new ScriptedLink(_clock, dial.Address, dial.MaxFrameBytes);
        dial.Link = link;
        _links.Add(link);
        outcome.Play?.Invoke(link);
        _opened.OnNext(link);
        observer.OnNext(link);
        observer.OnCompleted();
    }
}
