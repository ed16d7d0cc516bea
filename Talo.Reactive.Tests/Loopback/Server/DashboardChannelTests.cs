using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Loopback;
using static Talo.Reactive.Tests.Loopback.Server.Expected;

namespace Talo.Reactive.Tests.Loopback.Server;

[TestFixture]
public sealed class DashboardChannelTests
{
    [Test]
    public async Task AMadeChannel_HasItsOwnerAsMemberAndTellsItWithoutANameOfWhoJoined()
    {
        await using var probe = await Probe.StartAsync();
        var ada = await probe.ConnectAsAsync("ada");

        var id = probe.Talo.Game.CreateChannel(new LoopbackChannel
        {
            Name = " harbour ",
            OwnerAliasId = ada.Alias,
            Props = new Dictionary<string, string?> { ["region"] = "eu", ["none"] = null },
        });

        var harbour = Channel(id, "harbour", Alias(1, "ada"), at: "2026-03-02T18:20:11.250Z", props: """{"key":"region","value":"eu"}""");
        Assert.That(Normal(await ada.NextAsync()), Is.EqualTo($$"""{"res":"v1.channels.player-joined","data":{"channel":{{harbour}}}""" + "}"));
        var members = await probe.CallAsync("GET", $"/v1/game-channels/{id}/members", alias: ada.Alias);
        Assert.That(members.Root.GetProperty("count").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task AChannelWithoutOwner_HasNoMembers()
    {
        await using var probe = await Probe.StartAsync();
        var ada = await probe.ConnectAsAsync("ada");

        var id = probe.Talo.Game.CreateChannel(new LoopbackChannel { Name = "news", Private = true });

        Assert.That((await probe.CallAsync("GET", $"/v1/game-channels/{id}")).Body, Does.Contain("\"owner\":null,").And.Contain("\"private\":true,").And.Contain("\"memberCount\":0}"));
        Assert.That(await ada.NothingButHeartbeatAsync(), Is.EqualTo("v1.heartbeat"));
    }

    [Test]
    public async Task AnEdit_NeedsNoOwnerAndIsToldAsAPlayersOwnUpdateIs()
    {
        await using var probe = await Probe.StartAsync();
        var ada = await probe.ConnectAsAsync("ada");
        var id = probe.Talo.Game.CreateChannel(new LoopbackChannel { Name = "news" });
        await probe.CallAsync("POST", $"/v1/game-channels/{id}/join", alias: ada.Alias);
        await ada.NextAsync();

        probe.Talo.Game.UpdateChannel(id, new LoopbackChannel { Name = "weather", AutoCleanup = true });
        Assert.That(await ada.NextAsync(), Does.StartWith("""{"res":"v1.channels.updated",""").And.EndsWith("""changedProperties":["name","autoCleanup"]}}"""));
        probe.Talo.Game.UpdateChannel(id, new LoopbackChannel { OwnerAliasId = ada.Alias });
        Assert.That(await ada.NextAsync(), Does.StartWith("""{"res":"v1.channels.ownership-transferred","""));
        probe.Talo.Game.UpdateChannel(id, new LoopbackChannel { WithoutOwner = true });
        Assert.That((await probe.CallAsync("GET", $"/v1/game-channels/{id}")).Body, Does.Contain("\"owner\":null,").And.Contain("\"memberCount\":1}"));

        probe.Talo.Game.DeleteChannel(id);
        Assert.That(await ada.NextAsync(), Does.StartWith("""{"res":"v1.channels.deleted","""));
    }

    [Test]
    public async Task WhatTaloWouldNotSave_IsAnErrorThatSaysWhyAndChangesNothing()
    {
        await using var probe = await Probe.StartAsync();
        var game = probe.Talo.Game;
        var id = game.CreateChannel(new LoopbackChannel { Name = "news" });
        var before = (await probe.CallAsync("GET", $"/v1/game-channels/{id}")).Body;
        var longKey = new Dictionary<string, string?> { [new string('k', 200)] = "v" };

        Assert.Multiple(() =>
        {
            Assert.That(() => game.CreateChannel(new LoopbackChannel()), Refused("Give the channel a name."));
            Assert.That(() => game.CreateChannel(new LoopbackChannel { Name = new string('n', 256) }), Refused("at most 255 characters"));
            Assert.That(() => game.CreateChannel(new LoopbackChannel { Name = "x", OwnerAliasId = 99 }), Refused("no player alias 99"));
            Assert.That(() => game.CreateChannel(new LoopbackChannel { Name = "x", Props = longKey }), Refused("Not saved"));
            Assert.That(() => game.UpdateChannel(id, new LoopbackChannel { Name = "x", Props = longKey }), Refused("Not saved"));
            Assert.That(() => game.UpdateChannel(id, new LoopbackChannel { OwnerAliasId = 99 }), Refused("no player alias 99"));
            Assert.That(() => game.UpdateChannel(id, new LoopbackChannel { OwnerAliasId = 1, WithoutOwner = true }), Refused("exclude each other"));
            Assert.That(() => game.UpdateChannel(77, new LoopbackChannel { Name = "x" }), Refused("no channel 77"));
            Assert.That(() => game.DeleteChannel(77), Refused("no channel 77"));
        });
        Assert.That((await probe.CallAsync("GET", $"/v1/game-channels/{id}")).Body, Is.EqualTo(before));
        Assert.That((await probe.CallAsync("GET", "/v1/game-channels")).Root.GetProperty("count").GetInt32(), Is.EqualTo(1));

        static NUnit.Framework.Constraints.IResolveConstraint Refused(string why) =>
            Throws.InstanceOf<ArgumentException>().With.Message.Contains(why);
    }
}
