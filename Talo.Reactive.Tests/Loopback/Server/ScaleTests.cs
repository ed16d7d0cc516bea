using System;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using static Talo.Reactive.Tests.Loopback.Server.Expected;

namespace Talo.Reactive.Tests.Loopback.Server;

[TestFixture]
public sealed class ScaleTests
{
    [Test]
    public async Task ChannelOfAThousand_GetsEveryMessageInOrder()
    {
        const int Members = 1000;
        const int Messages = 20;
        await using var probe = await Probe.StartAsync();
        // Without presence: a thousand identifications would send half a million frames about it.
        var key = probe.Talo.CreateAccessKey("read:players", "read:gameChannels", "write:gameChannels");
        var owner = await probe.ConnectAsAsync("owner", key);
        var channel = await probe.CreateChannelAsync(owner, """{"name":"harbour"}""");
        var members = new ProbeSocket[Members];
        members[0] = owner;
        for (var i = 1; i < Members; i++)
        {
            members[i] = await probe.ConnectAsAsync($"member{i}", key);
            await probe.CallAsync("POST", $"/v1/game-channels/{channel}/join", alias: members[i].Alias);
        }

        for (var i = 0; i < Messages; i++)
            await owner.SendAsync(Message(channel, $"#{i}"));
        // A few at a time: a thousand that read at once keep the last of them from its turn for longer than any bound.
        await Parallel.ForEachAsync(members.Index(), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (one, _) =>
        {
            var (number, member) = one;
            var joins = number == 0 ? Members - 1 : Members - number;
            for (var i = 0; i < joins; i++)
                Assert.That(await member.NextAsync(), Does.StartWith("""{"res":"v1.channels.player-joined","""));
            for (var i = 0; i < Messages; i++)
                Assert.That(await member.NextAsync(), Does.Contain($"\"message\":\"#{i}\""));
        });

        Assert.That(await members[^1].NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
    }

    [Test]
    public async Task ManyServersSideBySide_KeepApart()
    {
        var probes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Probe.StartAsync()));

        var aliases = await Task.WhenAll(probes.Select(async probe => (await probe.ConnectAsAsync("ada")).Alias));

        Assert.That(aliases, Is.All.EqualTo(1));
        Assert.That(probes.Select(probe => probe.Talo.ApiUrl.Port).Distinct().Count(), Is.EqualTo(probes.Length));
        Assert.That((await probes[0].CallAsync("GET", "/v1/game-channels", key: probes[1].Talo.AccessKey)).Status, Is.EqualTo(401));
        foreach (var probe in probes)
            await probe.DisposeAsync();
    }

    [Test, ProcessWide]
    public async Task StartingAndStopping_LeavesNothingBehind()
    {
        await CycleAsync(30);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await CycleAsync(100);

        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.That(growth, Is.LessThan(100 * 10 * 1024), "bytes that a hundred servers left");
    }

    private static async Task CycleAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await using var probe = await Probe.StartAsync();
            await probe.ConnectAsAsync("ada");
        }
    }
}
