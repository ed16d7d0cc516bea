using System;
using System.Linq;
using System.Reactive.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Loopback;

namespace Talo.Reactive.Tests.Loopback.Session;

/// <summary>Memberships over real HTTP and real WebSockets, with the faults that end them.</summary>
public sealed class LoopbackMembershipTests
{
    private static readonly ChannelOptions Temporary = new() { TemporaryMembership = true };

    private LoopbackTalo _server = null!;
    private TaloClient _ada = null!;
    private TaloClient _grace = null!;

    [SetUp]
    public async Task Start()
    {
        _server = await LoopbackTalo.StartAsync(new LoopbackOptions { HttpAuthLimit = null, HttpDefaultLimit = null });
        _ada = await PlayerAsync("ada");
        _grace = await PlayerAsync("grace");
    }

    [TearDown]
    public async Task Stop()
    {
        await _ada.DisposeAsync();
        await _grace.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task DroppedLink_TakesThePlayerOut_AndTheClientGoesBack()
    {
        var room = await _grace.Channels.CreateAsync("party", Temporary).Bounded();
        await EnterAsync(_ada, _grace, room.Id);
        var left = _grace.Channels.In(room.Id).PlayerLeft.Next();
        var back = _grace.Channels.In(room.Id).PlayerJoined.Next();
        _server.Faults.Drop(_ada.CurrentAlias!.Id);
        Assert.That((await left).Reason, Is.EqualTo(ChannelLeavingReason.TemporaryMembership));
        Assert.That((await back).PlayerAlias!.Identifier, Is.EqualTo("ada"));
        Assert.That((await _grace.Channels.GetMembersAsync(room.Id).Bounded()).Items.Select(x => x.Identifier), Is.EquivalentTo(new[] { "ada", "grace" }));
    }

    [Test]
    public async Task AnotherDeviceGoesOffline_AndTheClientGoesBack()
    {
        var room = await _grace.Channels.CreateAsync("party", Temporary).Bounded();
        await EnterAsync(_ada, _grace, room.Id);
        var device = await PlayerAsync("ada");
        var back = _grace.Channels.In(room.Id).PlayerJoined.Next();
        await device.DisposeAsync();
        Assert.That((await back).PlayerAlias!.Identifier, Is.EqualTo("ada"));
        Assert.That(_ada.Socket.IsIdentified, Is.True);
    }

    [Test]
    public async Task PrivateChannel_IsLost()
    {
        var room = await _grace.Channels.CreateAsync("secret", new ChannelOptions { TemporaryMembership = true, Private = true }).Bounded();
        var invited = _ada.Channels.PlayerJoined.Next();
        await _grace.Channels.InviteAsync(room.Id, _ada.CurrentAlias!.Id).Bounded();
        await invited;
        var lost = _ada.Channels.MembershipLost.Next();
        _server.Faults.Drop(_ada.CurrentAlias!.Id);
        var told = await lost;
        Assert.That((told.Channel.Name, told.Cause, told.Error?.Status), Is.EqualTo(("secret", ChannelMembershipLossCause.Refused, (int?)403)));
    }

    [Test]
    public async Task OwnedAutoCleanupChannel_IsLost()
    {
        var room = await _ada.Channels.CreateAsync("party", new ChannelOptions { TemporaryMembership = true, AutoCleanup = true }).Bounded();
        await EnterAsync(_grace, _ada, room.Id);
        var lost = _ada.Channels.MembershipLost.Next();
        _server.Faults.Drop(_ada.CurrentAlias!.Id);
        Assert.That((await lost).Cause, Is.EqualTo(ChannelMembershipLossCause.Deleted));
    }

    [Test]
    public async Task OwnedChannel_IsGotBack_WithoutItsOwnership()
    {
        var room = await _ada.Channels.CreateAsync("party", Temporary).Bounded();
        await EnterAsync(_grace, _ada, room.Id);
        var lost = _ada.Channels.MembershipLost.Next();
        var back = _grace.Channels.In(room.Id).PlayerJoined.Where(x => x.PlayerAlias?.Identifier == "ada").Next();
        _server.Faults.Drop(_ada.CurrentAlias!.Id);
        Assert.That((await lost).Cause, Is.EqualTo(ChannelMembershipLossCause.OwnershipLost));
        Assert.That((await back).PlayerAlias!.Identifier, Is.EqualTo("ada"));
    }

    [Test]
    public async Task Joined_Enters_StaysThroughADroppedLink_AndLeaves()
    {
        var room = await _grace.Channels.CreateAsync("party", Temporary).Bounded();
        var events = _grace.Channels.In(room.Id).PlayerJoined.Where(static x => x.PlayerAlias?.Identifier == "ada").Select(static _ => "in")
            .Merge(_grace.Channels.In(room.Id).PlayerLeft.Select(static x => $"out {x.Reason}"))
            .Take(4).ToList().Next();
        var twice = _ada.Channels.In(room.Id).Joined().Publish();
        var entered = twice.Next();
        var again = twice.Skip(1).Next();
        var membership = twice.Connect();
        await entered;
        _server.Faults.Drop(_ada.CurrentAlias!.Id);
        Assert.That((await again).Name, Is.EqualTo("party"));
        membership.Dispose();
        Assert.That(await events, Is.EqualTo(new[] { "in", "out TemporaryMembership", "in", "out Default" }));
    }

    [Test]
    public async Task EveryCall_Once()
    {
        var room = await _ada.Channels.CreateAsync("harbour", new ChannelOptions { Props = [new Prop("region", "eu")] }).Bounded();
        var found = await _ada.Channels.GetChannelsAsync(new ChannelSearch { Text = "HARB", PropKey = "region", PropValue = "eu" }).Bounded();
        Assert.That(found.Items.Select(x => x.Id), Is.EqualTo(new[] { room.Id }));
        Assert.That((await _ada.Channels.GetChannelsAsync(new ChannelSearch { PropKey = "region", PropValue = "us" }).Bounded()).Items, Is.Empty);

        var updated = _ada.Channels.In(room.Id).Updated.Next();
        var changed = await _ada.Channels.UpdateAsync(room.Id, new ChannelChanges { Name = "port", Props = [new Prop("region", null), new Prop("tide", "low")] }).Bounded();
        Assert.That((changed.Name, changed.Props.Single()), Is.EqualTo(("port", new Prop("tide", "low"))));
        Assert.That((await updated).ChangedProperties, Is.EqualTo(new[] { "name", "props" }));

        await _ada.Channels.InviteAsync(room.Id, _grace.CurrentAlias!.Id).Bounded();
        var members = await _ada.Channels.GetMembersAsync(room.Id, new ChannelMemberSearch { Identifier = "grace" }).Bounded();
        Assert.That(members.Items.Select(x => x.Identifier), Is.EqualTo(new[] { "grace" }));
        Assert.That((await _grace.Channels.GetSubscribedChannelsAsync("tide", "low").Bounded()).Select(x => x.Id), Is.EqualTo(new[] { room.Id }));

        var transferred = _ada.Channels.In(room.Id).OwnershipTransferred.Next();
        Assert.That((await _ada.Channels.TransferOwnershipAsync(room.Id, _grace.CurrentAlias!.Id).Bounded()).Owner!.Identifier, Is.EqualTo("grace"));
        Assert.That((await transferred).NewOwner.Identifier, Is.EqualTo("grace"));

        var deleted = _ada.Channels.In(room.Id).Deleted.Next();
        await _grace.Channels.DeleteAsync(room.Id).Bounded();
        Assert.That((await deleted).Channel.Name, Is.EqualTo("port"));
        // Not Assert.ThrowsAsync: it blocks, and this may run where the client delivers.
        var gone = await _ada.Channels.FindAsync(room.Id).ContinueWith(static x => x.Exception?.InnerException, TaskScheduler.Default).Bounded();
        Assert.That(((TaloException?)gone)?.Status, Is.EqualTo(404));
    }

    /// <summary>Joins, and waits until a member who is in the channel already has heard of it.</summary>
    private static async Task EnterAsync(TaloClient who, TaloClient member, int room)
    {
        var seen = member.Channels.In(room).PlayerJoined.Where(x => x.PlayerAlias?.Id == who.CurrentAlias!.Id).Next();
        await who.Channels.JoinAsync(room).Bounded();
        await seen;
    }

    private async Task<TaloClient> PlayerAsync(string name)
    {
        var talo = new TaloClient(new TaloClientOptions
        {
            AccessKey = _server.AccessKey,
            ApiUrl = _server.ApiUrl.ToString(),
            Reconnect = new ReconnectOptions { InitialDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(50) },
            BackgroundCalls = new BackgroundCallOptions { AuthPerMinute = 100_000, DefaultPerMinute = 100_000 },
            ChannelMembership = new ChannelMembershipOptions { LeaveGrace = TimeSpan.FromMilliseconds(1) },
        });
        await talo.Players.IdentifyAsync("username", name).Bounded();
        await talo.Socket.WhenIdentifiedAsync().Bounded();
        return talo;
    }
}
