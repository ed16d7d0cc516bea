using System;
using System.Threading;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Session;

public sealed class BlockedReaderTests
{
    private static readonly TimeSpan Bound = Bounded.Limit;

    [Test]
    public void ReaderThatWaitsForAnotherThreadsObserver_IsNoDeadLink()
    {
        using var session = new PlayedSession().Connected();
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var link = session.Server.Link;
        var observer = new Thread(() => session.Talo.Socket.States.Subscribe(_ =>
        {
            entered.Set();
            release.Wait(Bound);
        })) { IsBackground = true };
        observer.Start();
        Assert.That(entered.Wait(Bound), Is.True);
        var reader = new Thread(() => link.ReceiveMessage("v1.x")) { IsBackground = true };
        reader.Start();
        // What it waits in cannot signal that it waits. On its way there it may wait as well, but not for long.
        var still = 0;
        for (var ms = 0; still < 50 && ms < Bound.TotalMilliseconds; ms++)
        {
            still = reader.ThreadState.HasFlag(ThreadState.WaitSleepJoin) ? still + 1 : 0;
            Thread.Sleep(1);
        }

        Assert.That(still, Is.EqualTo(50));

        session.Advance(120);
        Assert.That(link.Sent, Has.Count.EqualTo(1), "the heartbeat went out all the same");
        Assert.That(link.AbortedAt, Is.Null);

        release.Set();
        Assert.That(reader.Join(Bound) && observer.Join(Bound), Is.True);
        session.Advance(120);
        Assert.That(link.AbortedAt, Is.Null, session.Path);
    }
}
