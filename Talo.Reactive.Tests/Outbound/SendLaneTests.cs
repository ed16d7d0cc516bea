using NUnit.Framework;
using Talo.Reactive.Outbound;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Outbound;

public sealed class SendLaneTests
{
    [Test]
    public void Echoes_MatterWhileAFrameIsOpen()
    {
        var lane = new SendLane(new ScriptedLink(TestScheduler.AtUnixEpoch()), new PacingOptions());
        Assert.That(lane.HasEchoDue, Is.False);

        lane.BeginTracking();
        var first = lane.InFlight.Add(105, 41, "ahoy", null!);
        lane.InFlight.Add(105, 41, "again", null!);
        lane.InFlight.TryEcho(105, 41, "again", out _);
        lane.EndTracking();
        Assert.That(lane.HasEchoDue, Is.True, "one is open");

        lane.InFlight.Expire(first);
        lane.EndTracking();
        Assert.That(lane.HasEchoDue, Is.True, "its echo may still come, and would else be taken for another's");

        lane.InFlight.TryEcho(105, 41, "ahoy", out _);
        lane.EndTracking();
        Assert.That(lane.HasEchoDue, Is.False);
    }
}
