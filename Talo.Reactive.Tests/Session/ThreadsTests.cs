using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive.Concurrency;
using System.Threading;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Session;

/// <summary>Real threads and a real clock, without sockets. Every wait is for a signal, and bounded.</summary>
public sealed class ThreadsTests
{
    private static readonly TimeSpan Bound = Bounded.Limit;
    private MemoryTransport link = null!;
    private TaloClient talo = null!;

    [SetUp]
    public async Task Identify()
    {
        link = new MemoryTransport();
        talo = new TaloClient(new TaloClientOptions
        {
            AccessKey = "key-of-the-game",
            Scheduler = TaskPoolScheduler.Default,
            Transport = link,
            HttpTransport = link,
            AutoConnect = false,
            Outbox = new OutboxOptions { Capacity = 10_000 },
        });
        var open = talo.Socket.OpenConnectionAsync();
        link.Receive("""{"res":"v1.connected","data":{}}""");
        await open.InTime();
        await talo.Players.IdentifyAsync("username", "ada").InTime();
        var identified = talo.Socket.WhenIdentifiedAsync();
        link.Receive(MemoryTransport.Success());
        await identified.InTime();
        link.Sent.Clear();
    }

    [TearDown]
    public void Dispose() => talo.Dispose();

    [Test]
    public async Task TwoThreadsSendWhileAThirdDelivers_NothingLostDoubledOrReordered()
    {
        const int each = 1_500;
        var heard = new List<int>();
        var inside = 0;
        var overlaps = 0;
        talo.Socket.Messages.Subscribe(x =>
        {
            if (Interlocked.Increment(ref inside) != 1) overlaps++;
            heard.Add((int)x.Data["i"]!);
            Interlocked.Decrement(ref inside);
        });
        var sends = new Task[2][];
        var senders = Enumerable.Range(0, 2).Select(sender => Start(() =>
        {
            sends[sender] = Enumerable.Range(0, each).Select(i => talo.Socket.SendAsync("v1.custom", new { sender, i })).ToArray();
        })).ToList();
        var reader = Start(() =>
        {
            for (var i = 0; i < each; i++) link.Receive($$$"""{"res":"v1.event","data":{"i":{{{i}}}}}""");
        });
        foreach (var thread in senders.Append(reader)) Assert.That(thread.Join(Bound), Is.True);
        await Task.WhenAll(sends.SelectMany(x => x)).InTime();

        var sent = link.Sent.Select(x => JObject.Parse(x)["data"]!).ToList();
        Assert.That(link.OverlappingWrites, Is.Zero);
        Assert.That(overlaps, Is.Zero);
        Assert.That(heard, Is.EqualTo(Enumerable.Range(0, each)));
        for (var sender = 0; sender < 2; sender++)
            Assert.That(sent.Where(x => (int)x["sender"]! == sender).Select(x => (int)x["i"]!), Is.EqualTo(Enumerable.Range(0, each)));
    }

    [TestCase("messages")]
    [TestCase("traffic")]
    [TestCase("faults")]
    public void SlowObserver_HoldsUpNeitherSendsNorTimers(string stream)
    {
        using var running = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        using var written = new CountdownEvent(2);
        link.Written = x =>
        {
            if (x.Contains("v1.custom", StringComparison.Ordinal)) written.Signal();
        };
        using var _ = stream switch
        {
            "messages" => talo.Socket.Messages.Subscribe(_ => Block()),
            "traffic" => talo.Socket.Traffic.Subscribe(_ => Block()),
            _ => talo.Socket.Faults.Subscribe(_ => Block()),
        };
        var slow = Start(stream switch
        {
            "messages" => () => link.Receive("""{"res":"v1.event","data":{}}"""),
            "traffic" => () => talo.Socket.Send("v1.first"),
            _ => () => link.Receive("garbage"),
        });
        Assert.That(running.Wait(Bound), Is.True);
        var sender = Start(() => talo.Socket.Send("v1.custom"));
        Assert.That(sender.Join(Bound), Is.True, "a send waits for an observer");
        TaskPoolScheduler.Default.Schedule(TimeSpan.FromMilliseconds(1), () => talo.Socket.Send("v1.custom"));
        Assert.That(written.Wait(Bound), Is.True, "nothing was written while an observer was busy");
        goOn.Set();
        Assert.That(slow.Join(Bound), Is.True);

        void Block()
        {
            running.Set();
            goOn.Wait(Bound);
        }
    }

    [Test]
    public void Dispose_WhileASlowObserverRuns_ReturnsAtOnce_AndNothingStartsAfterIt()
    {
        using var running = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        using var completed = new ManualResetEventSlim();
        var late = 0;
        talo.Socket.Messages.Subscribe(_ =>
        {
            running.Set();
            goOn.Wait(Bound);
        });
        talo.Socket.Messages.Subscribe(_ => Interlocked.Increment(ref late), completed.Set);
        var reader = Start(() =>
        {
            link.Receive("""{"res":"v1.event","data":{}}""");
            link.Receive("""{"res":"v1.event","data":{}}""");
        });
        Assert.That(running.Wait(Bound), Is.True);
        var disposer = Start(talo.Dispose);
        Assert.That(disposer.Join(Bound), Is.True, "Dispose waits for an observer");
        Assert.That(completed.IsSet, Is.False, "a stream completes while it delivers");
        goOn.Set();
        Assert.That(completed.Wait(Bound), Is.True);
        Assert.That(reader.Join(Bound), Is.True);
        Assert.That(Volatile.Read(ref late), Is.Zero);
    }

    [Test]
    public void SubscribedToStatesWhileASlowObserverRuns_ThenDisposed_StillHearsTheEnd()
    {
        using var running = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        using var completed = new ManualResetEventSlim();
        talo.Socket.Messages.Subscribe(_ =>
        {
            running.Set();
            goOn.Wait(Bound);
        });
        var reader = Start(() => link.Receive("""{"res":"v1.event","data":{}}"""));
        Assert.That(running.Wait(Bound), Is.True);
        var states = 0;
        talo.Socket.States.Subscribe(_ => states++, completed.Set);
        talo.Dispose();
        goOn.Set();
        Assert.That(completed.Wait(Bound), Is.True);
        Assert.That(reader.Join(Bound), Is.True);
        Assert.That(states, Is.Zero);
    }

    [Test]
    public void ObserverOfAFaultThatArisesInsideATurn_MayWaitForAnotherThreadThatSends()
    {
        // A policy is asked inside a turn: what it throws must not be told under the turn's lock.
        using var session = new PlayedSession(x => x.Reconnect.Policy = _ => throw new InvalidOperationException("the game's policy"));
        session.Identified();
        var free = false;
        session.Talo.Socket.Faults.Subscribe(_ => free = Start(() => session.Talo.Socket.Suspend()).Join(Bound));
        session.Server.Link.Lose();
        Assert.That(free, Is.True, "an observer was called under a lock");
    }

    [Test]
    public void DisposeInsideAHandler_ReturnsAndCompletes()
    {
        using var completed = new ManualResetEventSlim();
        var heard = 0;
        talo.Socket.Messages.Subscribe(
            _ =>
            {
                heard++;
                talo.Dispose();
            },
            completed.Set);
        link.Receive("""{"res":"v1.event","data":{}}""");
        link.Receive("""{"res":"v1.event","data":{}}""");
        Assert.That(completed.IsSet, Is.True);
        Assert.That(heard, Is.EqualTo(1));
    }

    [Test]
    public void CancelAndSendRace_NeverHangs_AndACancelledTaskIsOver()
    {
        for (var i = 0; i < 500; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var canceller = Start(cancellation.Cancel);
            var send = talo.Socket.SendAsync("v1.custom", null, null, cancellation.Token);
            Assert.That(canceller.Join(Bound), Is.True);
            Assert.That(Task.WhenAny(send).Wait(Bound), Is.True);
            Assert.That(send.IsCanceled || send.IsCompletedSuccessfully, Is.True);
        }
    }

    [Test]
    public void MessagesAreCopiedOnlyWhenObserved()
    {
        var frame = System.Text.Encoding.UTF8.GetBytes($$$"""{"res":"v1.event","data":{"x":"{{{new string('x', 10_000)}}}"}}""");
        link.Receive(frame);
        Assert.That(Allocated(), Is.LessThan(10_000));
        using (talo.Socket.Messages.Subscribe(static _ => { })) Assert.That(Allocated(), Is.GreaterThan(100 * frame.Length));
        Assert.That(Allocated(), Is.LessThan(10_000));

        long Allocated()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++) link.Receive(frame);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static Thread Start(Action action)
    {
        var thread = new Thread(() => action()) { IsBackground = true };
        thread.Start();
        return thread;
    }
}
