using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.Channels;

/// <summary>What the members of a channel hear: in all channels together, and in one.</summary>
public sealed class ChannelEventsTests
{
    private static readonly object Grace = new { id = 212, service = "username", identifier = "grace", displayName = "grace" };

    private readonly List<string> _heard = [];
    private PlayedSession _session = null!;

    [SetUp]
    public void Start()
    {
        _heard.Clear();
        _session = new PlayedSession().Identified();
    }

    [TearDown]
    public void Stop() => _session.Dispose();

    [Test]
    public void EveryKind_IsTold_WithWhatItSays()
    {
        var channels = _session.Talo.Channels;
        channels.PlayerJoined.Subscribe(x => _heard.Add($"{x.PlayerAlias!.Identifier} joined {x.Channel.Id}"));
        channels.PlayerLeft.Subscribe(x => _heard.Add($"{x.PlayerAlias.Identifier} left {x.Channel.Id}: {x.Reason}"));
        channels.Updated.Subscribe(x => _heard.Add($"{x.Channel.Id} updated: {string.Join("+", x.ChangedProperties)}"));
        channels.OwnershipTransferred.Subscribe(x => _heard.Add($"{x.Channel.Id} belongs to {x.NewOwner.Identifier}"));
        channels.Deleted.Subscribe(x => _heard.Add($"{x.Channel.Id} deleted"));
        Happen(41);
        Assert.That(_heard, Is.EqualTo(new[]
        {
            "grace joined 41", "grace left 41: TemporaryMembership", "41 updated: name+props", "41 belongs to grace", "41 deleted",
        }));
    }

    [Test]
    public void OneChannel_HearsOnlyItsOwn()
    {
        var channel = _session.Talo.Channels.In(41);
        channel.PlayerJoined.Subscribe(_ => _heard.Add("joined"));
        channel.PlayerLeft.Subscribe(_ => _heard.Add("left"));
        channel.Updated.Subscribe(_ => _heard.Add("updated"));
        channel.OwnershipTransferred.Subscribe(_ => _heard.Add("transferred"));
        channel.Deleted.Subscribe(_ => _heard.Add("deleted"));
        Happen(42);
        Assert.That(_heard, Is.Empty);
        Happen(41);
        Assert.That(_heard, Is.EqualTo(new[] { "joined", "left", "updated", "transferred", "deleted" }));
    }

    [Test]
    public void Dispose_CompletesThem()
    {
        var channels = _session.Talo.Channels;
        foreach (var stream in new IObservable<object>[] { channels.PlayerJoined, channels.PlayerLeft, channels.Updated, channels.OwnershipTransferred, channels.Deleted, channels.In(41).PlayerLeft })
            stream.Subscribe(_ => { }, () => _heard.Add("completed"));
        _session.Talo.Dispose();
        Assert.That(_heard, Is.EqualTo(Enumerable.Repeat("completed", 6)));
    }

    private void Happen(int id)
    {
        var channel = new { id, name = "harbour" };
        var link = _session.Server.Link;
        link.ReceiveMessage("v1.channels.player-joined", new { channel, playerAlias = Grace });
        link.ReceiveMessage("v1.channels.player-left", new { channel, playerAlias = Grace, meta = new { reason = 1 } });
        link.ReceiveMessage("v1.channels.updated", new { channel, changedProperties = new[] { "name", "props" } });
        link.ReceiveMessage("v1.channels.ownership-transferred", new { channel, newOwner = Grace });
        link.ReceiveMessage("v1.channels.deleted", new { channel });
        _session.Settle();
    }
}
