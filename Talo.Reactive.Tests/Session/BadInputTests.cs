using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Talo.Reactive.Http;

namespace Talo.Reactive.Tests.Session;

public sealed class BadInputTests
{
    private static IEnumerable<TestCaseData> WrongOptions()
    {
        yield return Case("no access key", x => x.AccessKey = "", "Give the game's access key");
        yield return Case("blank access key", x => x.AccessKey = " \t", "Give the game's access key");
        yield return Case("null access key", x => x.AccessKey = null!, "Give the game's access key");
        yield return Case("access key with a line break inside", x => x.AccessKey = "abc\ndef", "copy it again");
        yield return Case("access key with a quote outside ASCII", x => x.AccessKey = "\u201cabc\u201d", "copy it again");
        yield return Case("malformed API URL", x => x.ApiUrl = "not a url", "https://api.trytalo.com");
        yield return Case("API URL of another scheme", x => x.ApiUrl = "ftp://talo.test", "begins with https://");
        yield return Case("null API URL", x => x.ApiUrl = null!, "begins with https://");
        yield return Case("API URL with a query", x => x.ApiUrl = "https://talo.test/?a=b", "leave out");
        yield return Case("API URL with a password", x => x.ApiUrl = "https://a:b@talo.test", "leave out");
        yield return Case("http to another machine", x => x.ApiUrl = "http://talo.test", "AllowUnencrypted");
        yield return Case("http to a name that only looks local", x => x.ApiUrl = "http://localhost.talo.test", "AllowUnencrypted");
        yield return Case("http to a machine by the name of loopback", x => x.ApiUrl = "http://loopback:3000", "AllowUnencrypted");
        yield return Case("ws to another machine", x => x.SocketUrl = "ws://talo.test", "AllowUnencrypted");
        yield return Case("socket URL of another scheme", x => x.SocketUrl = "https://talo.test", "begins with wss://");
        yield return Case("blank socket URL", x => x.SocketUrl = " ", "begins with wss://");
        yield return Case("negative time", x => x.Timeouts.Http = TimeSpan.FromSeconds(-1), "Timeouts.Http has to be from");
        yield return Case("zero time", x => x.Timeouts.Dial = TimeSpan.Zero, "Timeouts.Dial has to be from");
        yield return Case("endless time", x => x.Timeouts.Identify = TimeSpan.MaxValue, "Timeouts.Identify has to be from");
        yield return Case("infinite time", x => x.Timeouts.Close = System.Threading.Timeout.InfiniteTimeSpan, "Timeouts.Close has to be from");
        yield return Case("negative delay", x => x.Reconnect.InitialDelay = TimeSpan.FromTicks(-1), "Reconnect.InitialDelay");
        yield return Case("maximum below the initial delay", x => x.Reconnect.MaxDelay = TimeSpan.FromTicks(1), "Reconnect.MaxDelay");
        yield return Case("no attempts", x => x.Reconnect.MaxAttempts = 0, "Reconnect.MaxAttempts");
        yield return Case("heartbeat all the time", x => x.Heartbeat.Interval = TimeSpan.Zero, "Heartbeat.Interval");
        yield return Case("no outbox", x => x.Outbox.Capacity = 0, "Outbox.Capacity");
        yield return Case("unknown overflow", x => x.Outbox.Overflow = (OutboxOverflow)9, "Outbox.Overflow");
        yield return Case("no pace", x => x.Pacing.IdentifiedLimit = 0, "Pacing.IdentifiedLimit");
        yield return Case("window shorter than the server's", x => x.Pacing.Window = TimeSpan.FromSeconds(1), "Pacing.Window");
        yield return Case("no frame size", x => x.MaxFrameBytes = 0, "MaxFrameBytes has to be from");
        yield return Case("negative reply size", x => x.MaxReplyBytes = -1, "MaxReplyBytes has to be from");
        yield return Case("null group", x => x.Reconnect = null!, "Reconnect is null");
        yield return Case("blocking scheduler", x => x.Scheduler = System.Reactive.Concurrency.ImmediateScheduler.Instance, "use the default");

        static TestCaseData Case(string name, Action<TaloClientOptions> spoil, string text) => new TestCaseData(spoil, text).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(WrongOptions))]
    public void WrongOption_ThrowsAndSaysWhatToDo(Action<TaloClientOptions> spoil, string text)
    {
        var options = new TaloClientOptions { AccessKey = "key", AutoConnect = false };
        spoil(options);
        Assert.That(() => new TaloClient(options), Throws.InstanceOf<ArgumentException>().With.Message.Contains(text));
    }

    [TestCase("http://localhost:3000")]
    [TestCase("http://LOCALHOST:3000")]
    [TestCase("http://127.0.0.1")]
    [TestCase("http://127.8.9.10:3000")]
    [TestCase("http://[::1]:9")]
    public void UnencryptedToThisMachine_IsAllowed(string url) =>
        Assert.That(() => new TaloClient(new TaloClientOptions { AccessKey = "key", ApiUrl = url, AutoConnect = false }).Dispose(), Throws.Nothing);

    [Test]
    public void OptionsAreCopied_ALaterChangeHasNoEffect()
    {
        TaloClientOptions? given = null;
        using var session = new PlayedSession(x =>
        {
            x.Outbox.Capacity = 1;
            given = x;
        });
        given!.AccessKey = "another key";
        given.ApiUrl = "https://another.test";
        given.Outbox.Capacity = 100;
        given.Outbox = new OutboxOptions();
        given.Timeouts.Connected = TimeSpan.FromMilliseconds(1);
        given.DevBuild = true;
        session.Connected();
        var call = session.Server.Http.Calls[0];
        Assert.That(call.Header("authorization"), Is.EqualTo("Bearer " + PlayedSession.AccessKey));
        Assert.That(call.Call.Address.Host, Is.EqualTo("talo.test"));
        Assert.That(call.Header("x-talo-dev-build"), Is.Null);
        session.Server.Link.Lose();
        session.Talo.Socket.SendAsync("v1.custom");
        var second = session.Talo.Socket.SendAsync("v1.custom");
        session.Settle();
        Assert.That(PlayedSession.Error(second).Message, Does.Contain("outbox is full"));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("  ")]
    public void BlankReq_ThrowsAndSaysWhatToDo(string? req)
    {
        using var session = new PlayedSession();
        Assert.That(() => session.Talo.Socket.Send(req!), Throws.ArgumentException.With.Message.Contains("Name the request"));
        Assert.That(() => session.Talo.Socket.SendAsync(req!), Throws.ArgumentException.With.Message.Contains("Name the request"));
    }

    [TestCase(5)]
    [TestCase("text")]
    [TestCase(new[] { 1 })]
    public void DataThatIsNoObject_ThrowsAndSaysWhatToGive(object data)
    {
        using var session = new PlayedSession();
        Assert.That(() => session.Talo.Socket.SendAsync("v1.custom", data), Throws.ArgumentException.With.Message.Contains("Give an object"));
    }

    [TestCase("", "ada", "Name the service")]
    [TestCase(" ", "ada", "Name the service")]
    [TestCase("username", null, "Give the player's identifier")]
    [TestCase("username", "\t", "Give the player's identifier")]
    public void BlankIdentity_ThrowsAndSaysWhatToDo(string service, string? identifier, string text)
    {
        using var session = new PlayedSession();
        Assert.That(() => session.Talo.Players.IdentifyAsync(service, identifier!), Throws.ArgumentException.With.Message.Contains(text));
    }

    [Test]
    public void CallsThatNeedAPlayerBeforeOneIsKnown_SayToIdentify()
    {
        using var session = new PlayedSession();
        var calls = new TestDelegate[]
        {
            () => session.Talo.Channels.CreateAsync("harbour"), () => session.Talo.Channels.JoinAsync(41), () => session.Talo.Channels.LeaveAsync(41),
            () => session.Talo.Players.CreateSocketTokenAsync(), () => session.Talo.Socket.SetSocketToken("token"), session.Talo.IdentityCheck,
        };
        foreach (var call in calls) Assert.That(call, Throws.InstanceOf<TaloException>().With.Message.Contains("call Players.IdentifyAsync first"));
        Assert.That(session.Talo.HasIdentity, Is.False);
    }

    [Test]
    public void CallsAfterDispose_SayToMakeANewClient()
    {
        var session = new PlayedSession().Identified();
        session.Dispose();
        var talo = session.Talo;
        var calls = new TestDelegate[]
        {
            () => talo.Socket.Send("v1.custom"), () => talo.Socket.SendAsync("v1.custom"), () => talo.Socket.OpenConnectionAsync(), () => talo.Socket.CloseConnectionAsync(),
            () => talo.Socket.ResetConnectionAsync(), () => talo.Socket.WhenIdentifiedAsync(), () => talo.Socket.SetSocketToken("t"), talo.Socket.Suspend, talo.Socket.Resume,
            () => talo.Players.IdentifyAsync("username", "ada"), () => talo.Players.CreateSocketTokenAsync(), talo.Players.ClearIdentity,
            () => talo.Channels.CreateAsync("x"), () => talo.Channels.FindAsync(1), () => talo.Channels.JoinAsync(1), () => talo.Channels.LeaveAsync(1),
            () => talo.Channels.SendMessageAsync(1, "x"), () => talo.Channels.DeliverAsync(1, "x"), () => talo.SocketTickets.CreateTicketAsync(),
        };
        foreach (var call in calls) Assert.That(call, Throws.InstanceOf<ObjectDisposedException>().With.Message.Contains("make a new one"));
        Assert.That(talo.Dispose, Throws.Nothing);
        Assert.That(async () => await talo.DisposeAsync(), Throws.Nothing);
    }

    [TestCase(999, "")]
    [TestCase(1001, "")]
    [TestCase(5000, "")]
    [TestCase(1000, "a reason that is longer than the hundred and twenty-three bytes that a close frame has room for, which is a rule of the WebSocket itself")]
    public void WrongClose_Throws(int code, string reason)
    {
        using var session = new PlayedSession();
        Assert.That(() => session.Talo.Socket.CloseConnectionAsync(code, reason), Throws.InstanceOf<ArgumentException>());
    }

    [Test]
    public void AnyStatusAndAnyBody_IsATaloExceptionWithStatusAndTransience(
        [Values(200, 201, 204, 301, 400, 401, 403, 404, 408, 413, 418, 429, 500, 503, 599)] int status,
        [Values("", "null", "[]", "5", "{}", "<html><body>Bad gateway</body></html>", "{\"channel\":{\"id\":4", "{\"channel\":\"x\"}", "{\"channel\":{\"id\":\"x\"}}",
            "{\"message\":5,\"errorCode\":[],\"errors\":7,\"rejectedProps\":{}}", "{\"message\":\"\\ud800\",\"errors\":{\"\\udc00\":[\"\\ud800\"]}}", "\u0000\u0001", "deep", "invalid")] string body)
    {
        using var session = new PlayedSession().Identified();
        var bytes = body switch
        {
            "deep" => Encoding.UTF8.GetBytes(new string('[', 5_000)),
            "invalid" => [(byte)'{', (byte)'"', .. "message"u8, (byte)'"', (byte)':', (byte)'"', 0xff, 0xc0, (byte)'"', (byte)'}'],
            _ => Encoding.UTF8.GetBytes(body),
        };
        session.Server.Http.On("GET", "/v1/game-channels/41").Reply(_ => new HttpReply(status, [], bytes));
        var call = session.Talo.Channels.FindAsync(41);
        session.Settle();
        var error = PlayedSession.Error(call);
        Assert.That(error, Is.InstanceOf<TaloException>());
        var known = (TaloException)error;
        Assert.That(known.Status, Is.EqualTo(status));
        Assert.That(known.IsTransient, Is.EqualTo(status is 408 or 429 or >= 500));
        Assert.That(known.RetryAfter, status == 429 ? Is.EqualTo(TimeSpan.FromSeconds(60)) : Is.Null);
        Assert.That(known.Message, Does.StartWith("GET /v1/game-channels/41: ").And.Not.Contain('\0'));
    }

    [Test]
    public void NoAnswerAtAll_IsTransient([Values] bool never)
    {
        using var session = new PlayedSession().Identified();
        var route = session.Server.Http.On("GET", "/v1/game-channels/41");
        if (never) route.Never();
        else route.Fail();
        var call = session.Talo.Channels.FindAsync(41);
        session.Advance(21);
        Assert.That(PlayedSession.Error(call), Is.InstanceOf<TaloException>().With.Property("IsTransient").True.And.Property("Status").Null);
    }

    [Test]
    public void FieldErrorsAndRejectedProps_AreTold()
    {
        using var session = new PlayedSession().Identified();
        session.Server.Http.On("POST", "/v1/game-channels").Reply(400, new
        {
            errors = new { name = new[] { "name is too long" } },
            rejectedProps = new[] { new { key = "k", error = "PROP_TOO_LONG", message = "too long" } },
        });
        var call = session.Talo.Channels.CreateAsync("harbour");
        session.Settle();
        var error = (TaloException)PlayedSession.Error(call);
        Assert.That(error.FieldErrors["name"], Is.EqualTo(new[] { "name is too long" }));
        Assert.That(error.RejectedProps.Single().Key, Is.EqualTo("k"));
        Assert.That(error.Message, Does.Contain("name is too long"));
    }
}
