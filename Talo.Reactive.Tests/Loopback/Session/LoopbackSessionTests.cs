using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq;
using System.Reactive.Linq;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Loopback;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Loopback.Session;

/// <summary>The library over real HTTP and real WebSockets.</summary>
public class LoopbackSessionTests
{
    private LoopbackTalo _server = null!;

    /// <summary>The engine; null for the default one.</summary>
    protected virtual ITransport? Transport => null;

    [SetUp]
    public async Task Start() =>
        _server = await LoopbackTalo.StartAsync(new LoopbackOptions { HttpAuthLimit = null, HttpDefaultLimit = null });

    [TearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task TwoPlayers_Talk()
    {
        await using var ada = Client();
        await using var grace = Client();
        var room = await MeetAsync(ada, grace);
        var heard = grace.Channels.In(room).Messages.Next();
        var delivery = await ada.Channels.DeliverAsync(room, "ahoy").Bounded();
        Assert.That(delivery.Outcome, Is.EqualTo(DeliveryOutcome.Delivered));
        var message = await heard;
        Assert.That((message.Message, message.PlayerAlias.Identifier), Is.EqualTo(("ahoy", "ada")));
    }

    [Test]
    public async Task DroppedLink_ComesBack_AndWhatWasTypedMeanwhileArrives()
    {
        await using var ada = Client();
        await using var grace = Client();
        var room = await MeetAsync(ada, grace);
        var three = grace.Channels.In(room).Messages.Take(3).Select(x => x.Message).ToList().Next();
        var lost = ada.Socket.Closures.Next();
        _server.Faults.Drop(ada.CurrentAlias!.Id);
        Assert.That((await lost).Origin, Is.EqualTo(ClosureOrigin.Lost));
        await Task.WhenAll(Enumerable.Range(1, 3).Select(i => ada.Channels.SendMessageAsync(room, $"m{i}"))).Bounded();
        Assert.That(await three, Is.EqualTo(new[] { "m1", "m2", "m3" }));
    }

    [Test]
    public async Task RestartedServer_IsFoundAgain_WithTheSameToken()
    {
        await using var ada = Client();
        await IdentifyAsync(ada, "ada");
        var epoch = ada.Socket.State.Epoch;
        var back = ada.Socket.States.Where(x => x.Status == ConnectionStatus.Identified && x.Epoch > epoch).Next();
        await _server.RestartAsync();
        Assert.That((await back).Gap, Is.Not.Null);
    }

    [Test]
    public async Task RevokedKey_IsFailed_AfterOneTryWithAFreshTicket()
    {
        var key = _server.CreateAccessKey("*");
        await using var ada = Client(x => x.AccessKey = key);
        await IdentifyAsync(ada, "ada");
        var failed = ada.Until(ConnectionStatus.Failed);
        _server.RevokeAccessKey(key);
        Assert.That((await failed).Cause!.Kind, Is.EqualTo(ConnectionCauseKind.AccessKeyRefused));
    }

    [Test]
    public async Task ReplacedToken_IsRenewed_OnReconnect()
    {
        await using var ada = Client();
        await IdentifyAsync(ada, "ada");
        await using var elsewhere = Client();
        await elsewhere.Players.IdentifyAsync("username", "ada").Bounded();
        var epoch = ada.Socket.State.Epoch;
        var back = ada.Socket.States.Where(x => x.Status == ConnectionStatus.Identified && x.Epoch > epoch).Next();
        _server.Faults.DropAll();
        await back;
    }

    [Test]
    public async Task SignedGame_TakesSignedFrames()
    {
        _server.EnableVerification("v1", "s3cret-value");
        await using var ada = Client(x => x.VerificationKey = new VerificationKey("v1", "s3cret-value"));
        await IdentifyAsync(ada, "ada");
        var room = await ada.Channels.CreateAsync("harbour").Bounded();
        Assert.That((await ada.Channels.DeliverAsync(room.Id, "ahoy").Bounded()).Outcome, Is.EqualTo(DeliveryOutcome.Delivered));
    }

    [Test]
    public async Task SignedGame_WithAClockThatIsHoursOff_StillTakesThem()
    {
        _server.EnableVerification("v1", "s3cret-value");
        await using var ada = Client(x =>
        {
            x.VerificationKey = new VerificationKey("v1", "s3cret-value");
            x.SigningClock = () => DateTimeOffset.UtcNow.AddHours(-7);
        });
        await IdentifyAsync(ada, "ada");
        var room = await ada.Channels.CreateAsync("harbour").Bounded();
        Assert.That((await ada.Channels.DeliverAsync(room.Id, "ahoy").Bounded()).Outcome, Is.EqualTo(DeliveryOutcome.Delivered));
    }

    [Test]
    public async Task NotAMember_IsRejected_WithTheServersReason()
    {
        await using var ada = Client();
        await using var grace = Client();
        await IdentifyAsync(ada, "ada");
        await IdentifyAsync(grace, "grace");
        var room = await ada.Channels.CreateAsync("harbour").Bounded();
        var delivery = await grace.Channels.DeliverAsync(room.Id, "hello?").Bounded();
        Assert.That(delivery.Outcome, Is.EqualTo(DeliveryOutcome.Rejected));
        Assert.That(delivery.Error!.Cause, Is.EqualTo("Player not in channel"));
    }

    [Test]
    public async Task DisposeInTheMiddleOfABurst_GivesNoFurtherMessage()
    {
        await using var ada = Client();
        await using var grace = Client();
        var room = await MeetAsync(ada, grace);
        using var allSent = new ManualResetEventSlim();
        var completed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var heard = 0;
        using var listening = ada.Channels.In(room).Messages.Subscribe(
            _ =>
            {
                allSent.Wait(Bounded.Limit);
                if (++heard == 3) ada.Dispose();
            },
            completed.SetResult);
        var echoes = grace.Channels.In(room).Messages.Take(50).ToList().Next();

        // They all wait for ada behind the first one.
        await Task.WhenAll(Enumerable.Range(1, 50).Select(i => grace.Channels.SendMessageAsync(room, $"m{i}"))).Bounded();
        await echoes;
        allSent.Set();
        await completed.Task.Bounded();
        Assert.That(heard, Is.EqualTo(3));
    }

    [Test, ProcessWide]
    public async Task FiveHundredReconnects_GrowNothing_AndReorderOrDoubleNothing()
    {
        await using var ada = Client();
        await using var grace = Client();
        var room = await MeetAsync(ada, grace);
        var heard = new ConcurrentQueue<int>();
        var heardAll = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = grace.Channels.In(room).Messages.Subscribe(x =>
        {
            heard.Enqueue(int.Parse(x.Message, null));
            if (heard.Count == 500) heardAll.TrySetResult();
        });
        var sent = 0;

        for (var i = 0; i < 100; i++) await ReconnectAsync();
        var before = Measure();
        for (var i = 0; i < 400; i++) await ReconnectAsync();
        var after = Measure();

        // The sender's own echo says nothing of when the others hear it.
        await heardAll.Task.Bounded();
        Assert.That(heard, Is.Ordered.And.Unique);
        Assert.That(heard, Has.Count.EqualTo(sent), "each was followed to its echo");
        Assert.That(after.Memory, Is.LessThan(before.Memory + 8_000_000));
        Assert.That(after.Threads, Is.LessThan(before.Threads + 15));
        Assert.That(after.Handles, Is.LessThan(before.Handles + 60));

        async Task ReconnectAsync()
        {
            var epoch = ada.Socket.State.Epoch;
            var back = ada.Socket.States.Where(x => x.Status == ConnectionStatus.Identified && x.Epoch > epoch).Next();
            _server.Faults.Drop(ada.CurrentAlias!.Id);
            await back;
            var delivery = await ada.Channels.DeliverAsync(room, (++sent).ToString(System.Globalization.CultureInfo.InvariantCulture)).Bounded();
            Assert.That(delivery.Outcome, Is.EqualTo(DeliveryOutcome.Delivered));
        }
    }

    private static (long Memory, int Threads, int Handles) Measure()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true), process.Threads.Count, process.HandleCount);
    }

    private TaloClient Client(Action<TaloClientOptions>? configure = null)
    {
        var options = new TaloClientOptions
        {
            AccessKey = _server.AccessKey,
            ApiUrl = _server.ApiUrl.ToString(),
            Transport = Transport,
            Reconnect = new ReconnectOptions { InitialDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(50) },
            BackgroundCalls = new BackgroundCallOptions { AuthPerMinute = 100_000 },
        };
        configure?.Invoke(options);
        return new TaloClient(options);
    }

    private static async Task IdentifyAsync(TaloClient talo, string name)
    {
        await talo.Players.IdentifyAsync("username", name).Bounded();
        await talo.Socket.WhenIdentifiedAsync().Bounded();
    }

    private static async Task<int> MeetAsync(TaloClient ada, TaloClient grace)
    {
        await Task.WhenAll(IdentifyAsync(ada, "ada"), IdentifyAsync(grace, "grace"));
        var room = await ada.Channels.CreateAsync("harbour").Bounded();
        await grace.Channels.JoinAsync(room.Id).Bounded();
        return room.Id;
    }
}
