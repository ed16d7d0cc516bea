using System;
using System.Linq;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Threading.Tasks;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Http;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Session;

/// <summary>Any order of wrong frames, wrong answers, closes and waits, while the game changes its mind: who plays is always whom the game chose.</summary>
public sealed class AnyHostileServerTests
{
    private const string Req = "v1.players.identify";
    private const string Success = "v1.players.identify.success";

    private static readonly string[] Codes = ["RATE_LIMIT_EXCEEDED", "INVALID_SOCKET_TOKEN", "INVALID_SESSION_TOKEN", "LISTENER_ERROR", "NO_PLAYER_FOUND", "INVALID_MESSAGE", "", "odd"];
    private static readonly string[] Reqs = [Req, "unknown", "v1.channels.message", ""];
    private static readonly string[] Waits = ["0", "1", "60", "-1", "2147483647", "junk", "Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT"];
    private static readonly int[] Statuses = [200, 204, 400, 403, 404, 408, 429, 500, 503];
    private static readonly string[] Bodies =
        ["", "{}", "null", "<html></html>", """{"ticket":"t-123456","alias":{},"socketToken":""}""", """{"ticket":5,"alias":{"id":0},"socketToken":5}""", """{"ticket":"t-123456","socketToken":"s-123456"}"""];

    [Test]
    public void WhoPlays_IsWhomTheGameChose_AndIsIdentifiedOnceTheServerIsItself([Range(1, 60)] int seed)
    {
        var random = new Random(seed);
        var clock = seed % 2 == 0 ? new TestScheduler() : null;
        var isWrong = true;
        using var session = new PlayedSession(
            x =>
            {
                x.Random = random.NextDouble;
                x.HttpTransport = new Liar(x.HttpTransport!, x.Scheduler!, () => isWrong && random.Next(3) == 0 ? Odd() : null);
            },
            clock);
        Task<PlayerAlias>? identify = null;
        PlayerAlias? chosen = null;
        session.Server.On(Req, (on, frame) => Identify(on, frame));

        for (var i = 0; i < 150; i++)
        {
            Step();
            session.Advance(random.Next(6) switch { 0 => 30, 1 => 3, 2 => 0.5, _ => 0.01 });
            if (identify is { IsCompletedSuccessfully: true }) (chosen, identify) = (identify.Result, null);
            if (identify is { IsCompleted: true }) identify = null;
            Assert.That(session.Talo.CurrentAlias?.Id, Is.EqualTo(chosen?.Id), $"seed {seed}, step {i}: {session.Path}");
        }

        isWrong = false;
        session.Server.On(Req, Good);
        // On this one it may have said that somebody is identified who is not.
        if (session.Server.Sessions.Count > 0) session.Server.Link.Lose();
        // What is on its way still comes; a pause that was asked for lasts ten minutes and the jitter, twice where it came again.
        session.Advance(1800);
        if (identify is { IsCompletedSuccessfully: true }) chosen = identify.Result;
        if (chosen is null)
        {
            session.Identified("ada");
            return;
        }

        Assert.That((session.Talo.Socket.IsIdentified, session.Server.Session.Player?.AliasId), Is.EqualTo((true, (int?)chosen.Id)), $"seed {seed}: {session.Talo.Socket.State}");
        Assert.That(session.Faults.Select(x => x.Kind), Has.None.EqualTo(TaloFaultKind.ObserverThrew).And.None.EqualTo(TaloFaultKind.ExtensionThrew));
        var sent = session.Server.Transport.Links.SelectMany(x => x.Sent).Where(x => x.Req == Req).Select(x => x.At).ToArray();
        Assert.That(sent.Max(from => sent.Count(x => x >= from && x - from < TimeSpan.FromSeconds(60))), Is.LessThan(40), "whatever the server says");

        void Step()
        {
            switch (random.Next(12))
            {
                case 0 when identify is null:
                    identify = session.Talo.Players.IdentifyAsync("username", random.Next(2) == 0 ? "ada" : "grace");
                    break;
                case 1 when identify is null && random.Next(4) == 0:
                    session.Talo.Players.ClearIdentity();
                    chosen = null;
                    break;
                case 2 when random.Next(3) == 0:
                    _ = session.Talo.Socket.OpenConnectionAsync();
                    break;
                case 3 when random.Next(3) == 0:
                    _ = session.Talo.Socket.ResetConnectionAsync();
                    break;
                case 4 when random.Next(3) == 0:
                    session.Talo.Socket.Suspend();
                    session.Advance(random.Next(3));
                    session.Talo.Socket.Resume();
                    break;
                case > 4 when session.Server.Sessions.Count > 0:
                    Frame(session.Server.Session);
                    break;
            }
        }

        void Frame(ScriptedSession on)
        {
            switch (random.Next(7))
            {
                case 0:
                    on.Send(Success, session.Server.Player(random.Next(2) == 0 ? "ada" : "grace").ToJson());
                    break;
                case 1:
                    on.Link.Receive($$"""{"res":"{{Success}}","data":{"id":{{random.Next(-2, 3)}} } }""");
                    break;
                case 2:
                    for (var i = random.Next(30); i >= 0; i--) on.SendError(Reqs[random.Next(Reqs.Length)], Codes[random.Next(Codes.Length)], "no");
                    break;
                case 3:
                    on.Send("v1.connected");
                    break;
                case 4:
                    on.Link.CloseByPeer(random.Next(3) switch { 0 => 1008, 1 => 3000, _ => random.Next(65536) });
                    break;
                case 5:
                    on.Link.Lose();
                    break;
            }
        }

        void Identify(ScriptedSession on, SentFrame frame)
        {
            if (random.Next(3) == 0) Good(on, frame);
            else Frame(on);
        }

        void Good(ScriptedSession on, SentFrame frame)
        {
            var player = new[] { session.Server.Player("ada"), session.Server.Player("grace") }.First(x => x.AliasId == (int)frame.Data["playerAliasId"]!);
            if ((string)frame.Data["socketToken"]! != player.SocketToken)
            {
                on.SendError(Req, "INVALID_SOCKET_TOKEN", "Invalid socket token");
                return;
            }

            on.Player = player;
            on.Send(Success, player.ToJson());
        }

        HttpReply Odd() => ScriptedReply.Text(Statuses[random.Next(Statuses.Length)], Bodies[random.Next(Bodies.Length)], ("retry-after", Waits[random.Next(Waits.Length)]));
    }

    private sealed class Liar(IHttpTransport honest, IScheduler scheduler, Func<HttpReply?> lie) : IHttpTransport
    {
        public IObservable<HttpReply> Send(HttpCall call) =>
            Observable.Defer(() => lie() is { } odd ? Observable.Return(odd, scheduler) : honest.Send(call));
    }
}
