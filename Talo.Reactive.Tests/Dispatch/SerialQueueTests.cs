using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using Talo.Reactive.Dispatch;

namespace Talo.Reactive.Tests.Dispatch;

public sealed class SerialQueueTests
{
    private static readonly TimeSpan Bound = Bounded.Limit;

    [Test]
    public void PostedInside_RunsAfterIt_NotWithinIt()
    {
        var log = new List<string>();
        var queue = New();
        queue.Post(() =>
        {
            log.Add("a begins");
            queue.Post(() => log.Add("b"));
            queue.Drain();
            log.Add("a ends");
        });
        queue.Drain();
        Assert.That(log, Is.EqualTo(new[] { "a begins", "a ends", "b" }));
    }

    [Test]
    public void ActionThatThrows_IsReported_AndTheNextRuns()
    {
        var errors = new List<Exception>();
        var ran = false;
        var queue = new SerialQueue(errors.Add);
        queue.Post(() => throw new InvalidOperationException("first"));
        queue.Post(() => ran = true);
        queue.Drain();
        Assert.That(errors.Single().Message, Is.EqualTo("first"));
        Assert.That(ran, Is.True);
    }

    [Test]
    public void Close_WhatWaitsFindsItClosed_TheLastRuns_AndNothingComesIn()
    {
        var log = new List<string>();
        var queue = New();
        queue.Post(() => log.Add($"closed: {queue.IsClosed}"));
        queue.Close(() => log.Add("last"));
        queue.Close(() => log.Add("once only"));
        Assert.That(queue.TryPost(() => log.Add("late")), Is.False);
        queue.Drain();
        Assert.That(log, Is.EqualTo(new[] { "closed: True", "last" }));
        Assert.That(queue.IsClosed, Is.True);
    }

    [Test]
    public void CloseInside_ReturnsAtOnce_AndTheLastRunsBehind()
    {
        var log = new List<string>();
        var queue = New();
        queue.Post(() =>
        {
            queue.Close(() => log.Add("last"));
            log.Add("goes on");
        });
        queue.Post(() => log.Add($"closed: {queue.IsClosed}"));
        queue.Drain();
        Assert.That(log, Is.EqualTo(new[] { "goes on", "closed: True", "last" }));
    }

    [Test]
    public void Enter_RunsWhatWaitsFirst_AndWhatIsPostedMeanwhileRunsAtLeave()
    {
        var log = new List<string>();
        var queue = New();
        queue.Post(() => log.Add("waited"));
        Assert.That(queue.TryEnter(), Is.True);
        Assert.That(queue.TryEnter(), Is.False, "this thread is inside already");
        queue.Post(() => log.Add("posted"));
        queue.Drain();
        log.Add("own");
        queue.Leave();
        Assert.That(log, Is.EqualTo(new[] { "waited", "own", "posted" }));
    }

    [Test]
    public void Enter_WaitsForTheActionOfAnotherThread()
    {
        var queue = New();
        using var running = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var over = false;
        var other = Start(() =>
        {
            queue.Post(() =>
            {
                running.Set();
                goOn.Wait(Bound);
                Volatile.Write(ref over, true);
            });
            queue.Drain();
        });
        Assert.That(running.Wait(Bound), Is.True);
        queue.Drain();
        Assert.That(queue.IsInside, Is.False);
        goOn.Set();
        Assert.That(queue.TryEnter(), Is.True);
        Assert.That(Volatile.Read(ref over), Is.True);
        queue.Leave();
        Assert.That(other.Join(Bound), Is.True);
    }

    [Test]
    public void ManyThreads_OneAtATime_NoneLost_EachInItsOrder()
    {
        var log = new List<(int Thread, int Number)>();
        var inside = 0;
        var overlaps = 0;
        var queue = New();
        var threads = Enumerable.Range(0, 6).Select(thread => Start(() =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                var number = i;
                if (thread < 4)
                {
                    queue.Post(() => Note(thread, number));
                    queue.Drain();
                    continue;
                }

                if (!queue.TryEnter()) continue;
                Note(thread, number);
                queue.Leave();
            }
        })).ToList();
        Assert.That(threads.TrueForAll(x => x.Join(Bound)), Is.True);
        Assert.That(overlaps, Is.Zero);
        Assert.That(log, Has.Count.EqualTo(12_000));
        foreach (var own in log.GroupBy(x => x.Thread)) Assert.That(own.Select(x => x.Number), Is.Ordered.And.Unique);

        void Note(int thread, int number)
        {
            if (Interlocked.Increment(ref inside) != 1) Interlocked.Increment(ref overlaps);
            log.Add((thread, number));
            Interlocked.Decrement(ref inside);
        }
    }

    private static SerialQueue New() => new(error => Assert.Fail(error.ToString()));

    private static Thread Start(Action action)
    {
        var thread = new Thread(() => action()) { IsBackground = true };
        thread.Start();
        return thread;
    }
}
