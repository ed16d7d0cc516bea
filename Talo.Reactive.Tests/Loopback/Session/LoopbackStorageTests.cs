using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Loopback;

namespace Talo.Reactive.Tests.Loopback.Session;

/// <summary>A channel's storage over real HTTP and real WebSockets.</summary>
public sealed class LoopbackStorageTests
{
    private LoopbackTalo _server = null!;
    private TaloClient _ada = null!;
    private TaloClient _grace = null!;
    private int _room;

    [SetUp]
    public async Task Start()
    {
        _server = await LoopbackTalo.StartAsync(new LoopbackOptions { HttpAuthLimit = null, HttpDefaultLimit = null });
        _ada = Client();
        _grace = Client();
        await Task.WhenAll(IdentifyAsync(_ada, "ada"), IdentifyAsync(_grace, "grace"));
        _room = (await _ada.Channels.CreateAsync("harbour").Bounded()).Id;
        await _grace.Channels.JoinAsync(_room).Bounded();
    }

    [TearDown]
    public async Task Stop()
    {
        await _ada.DisposeAsync();
        await _grace.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task ReadAfterAWrite_SeesIt()
    {
        for (var i = 1; i <= 20; i++)
        {
            var value = i.ToString(CultureInfo.InvariantCulture);
            await _ada.Channels.SetStoragePropAsync(_room, "gold", value).Bounded();
            Assert.That((await _grace.Channels.GetStoragePropAsync(_room, "gold").Bounded())!.Value, Is.EqualTo(value));
        }

        await _ada.Channels.SetStoragePropArrayAsync(_room, "crates", ["a", "b"]).Bounded();
        Assert.That(await _ada.Channels.GetStoragePropArrayAsync(_room, "crates").Bounded(), Is.EqualTo(new[] { "a", "b" }));
        var result = await _ada.Channels.SetStoragePropsAsync(
            _room, [new Prop { Key = "gold" }, new Prop { Key = "motto", Value = new string('x', 600) }]).Bounded();
        Assert.That(result.DeletedProps.Single().Key, Is.EqualTo("gold"));
        Assert.That(result.FailedProps.Single().Error, Is.EqualTo("PROP_VALUE_TOO_LONG"));
    }

    [Test]
    public async Task TwoClientsThatWriteAtOnce_EndWithTheServersState()
    {
        string[] keys = ["a", "b", "c", "t[]"];
        using var seenByAda = new BehaviorSubject<ChannelStorage?>(null);
        using var seenByGrace = new BehaviorSubject<ChannelStorage?>(null);
        using var ada = _ada.Channels.In(_room).Storage(keys).Subscribe(seenByAda);
        using var grace = _grace.Channels.In(_room).Storage(keys).Subscribe(seenByGrace);
        await Task.WhenAll(WriteAsync(_ada, 1), WriteAsync(_grace, 2));
        await SettleAsync();
        var rows = await _ada.Channels.ListStoragePropsAsync(_room, keys).Bounded();
        var server = new ChannelStorage(_room, rows);
        // What a client asks for meanwhile is answered in its own time.
        await Task.WhenAny(seenByAda.Where(x => server.Equals(x)).Next());
        await Task.WhenAny(seenByGrace.Where(x => server.Equals(x)).Next());
        Assert.That(seenByAda.Value, Is.EqualTo(server));
        Assert.That(seenByGrace.Value, Is.EqualTo(server));

        async Task WriteAsync(TaloClient talo, int seed)
        {
            var random = new Random(seed);
            for (var i = 0; i < 25; i++) await talo.Channels.SetStoragePropsAsync(_room, Some(random)).Bounded();
        }

        Prop[] Some(Random random) => [.. Enumerable.Range(0, 3).Select(_ => new Prop
        {
            Key = keys[random.Next(keys.Length)],
            Value = random.Next(4) == 0 ? null : random.Next(5).ToString(CultureInfo.InvariantCulture),
        })];

        // The last write, which both see: what was written before is then seen as well.
        async Task SettleAsync()
        {
            var both = new[] { _ada, _grace }
                .Select(x => x.Channels.In(_room).StorageUpdated.Where(y => y.UpsertedProps.Any(z => z.Key == "end")).Next())
                .ToArray();
            await _ada.Channels.SetStoragePropAsync(_room, "end", "1").Bounded();
            await Task.WhenAll(both);
        }
    }

    [Test]
    public async Task ChangesMissedInADrop_AreMadeUpForByTheSnapshot()
    {
        Prop[] before = [new() { Key = "gold", Value = "1" }, new() { Key = "wood", Value = "1" }];
        await _ada.Channels.SetStoragePropsAsync(_room, before).Bounded();
        var seen = _ada.Channels.In(_room).Storage("gold", "wood").Replay();
        using var watch = seen.Connect();
        Assert.That((await seen.Next())["gold"], Is.EqualTo("1"));

        // Ada is kept out until Grace has written: no event of it reaches Ada.
        var away = _ada.Socket.Closures.Next();
        var refusal = _server.Faults.RefuseHttp("/v1/socket-tickets", 503);
        _server.Faults.Drop(_ada.CurrentAlias!.Id);
        await away;
        var heard = new List<ChannelStorageUpdated>();
        using var events = _ada.Channels.In(_room).StorageUpdated.Subscribe(heard.Add);
        await _grace.Channels.SetStoragePropsAsync(_room, [new Prop { Key = "gold", Value = "2" }, new Prop { Key = "wood" }]).Bounded();
        refusal.Dispose();
        var healed = await seen.Where(x => x["gold"] == "2").Next();
        Assert.That(healed.Contains("wood"), Is.False);
        Assert.That(heard, Is.Empty);
    }

    [Test]
    public async Task ChannelThatOneIsNotAMemberOf_IsTheServersRefusal()
    {
        var other = await _ada.Channels.CreateAsync("island").Bounded();
        var refused = _grace.Channels.In(other.Id).Storage("gold").Materialize().Next();
        Assert.That(((TaloException)(await refused).Exception!).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task LeavingAndDeleting_Complete()
    {
        var grace = await WatchedAsync(_grace);
        await _grace.Channels.LeaveAsync(_room).Bounded();
        await grace.Bounded();
        var ada = await WatchedAsync(_ada);
        await _ada.Channels.DeleteAsync(_room).Bounded();
        await ada.Bounded();
    }

    /// <summary>The end of a watch that has had its first value.</summary>
    private async Task<Task> WatchedAsync(TaloClient talo)
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        talo.Channels.In(_room).Storage("gold").Subscribe(_ => first.TrySetResult(), over.SetException, over.SetResult);
        await Task.WhenAny(first.Task, over.Task).Bounded();
        return over.Task;
    }

    private TaloClient Client()
    {
        var options = new TaloClientOptions
        {
            AccessKey = _server.AccessKey,
            ApiUrl = _server.ApiUrl.ToString(),
            Reconnect = new ReconnectOptions { InitialDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(50) },
            BackgroundCalls = new BackgroundCallOptions { AuthPerMinute = 100_000, DefaultPerMinute = 100_000 },
        };
        return new TaloClient(options);
    }

    private static async Task IdentifyAsync(TaloClient talo, string name)
    {
        await talo.Players.IdentifyAsync("username", name).Bounded();
        await talo.Socket.WhenIdentifiedAsync().Bounded();
    }
}
