using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Session;

/// <summary>Every secret through every sink. A secret holds characters that JSON and addresses escape.</summary>
public sealed class RedactionTests
{
    private const string TicketSecret = "ticket/one+\"two\"&three";
    private const string VerificationSecret = "verification\"key/é+value";

    public enum Secret
    {
        AccessKey,
        Ticket,
        VerificationKey,
        IdentifyToken,
        MintedToken,
        SetToken,
        TokenInARawSend,
        PlatformTicket,
    }

    public enum Sink
    {
        FrameIn,
        FrameOut,
        HttpReply,
        HttpRequestPath,
        SocketError,
        SocketErrorCode,
        PayloadFault,
        ObserverFault,
        HttpErrorBody,
        HttpErrorFields,
        HttpException,
        HttpRequestException,
        DialException,
        LossCause,
        CloseReason,
        IdentifyRefusal,
        IdentifyRefusalCode,
        TokenRenewal,
    }

    [Test]
    public void NoSecretComesOutOfAnySink([Values] Secret kind, [Values] Sink sink)
    {
        using var session = Playing();
        var secret = Told(session, kind);
        var said = Listen(session);
        var thrown = Push(session, sink, secret);
        session.Advance(40);
        foreach (var task in thrown.Where(x => x.IsFaulted)) Describe(task.Exception!.InnerException!, said.Add);
        Assert.That(thrown.All(x => x.IsCompleted), Is.True);
        Assert.That(said, Has.Some.Contains("***"), "the secret was not pushed through");
        foreach (var text in said)
        {
            foreach (var spelling in Spellings(secret)) Assert.That(text, Does.Not.Contain(spelling));
        }
    }

    [Test]
    public void SecretAtThePlaceWhereALongBodyIsCut_DoesNotComeOutInPart([Range(180, 204, 4)] int before)
    {
        using var session = Playing();
        session.Server.Http.On("GET", "/v1/game-channels/**").Reply(502, "{\"note\":\"" + new string('x', before - 9) + PlayedSession.AccessKey + new string('y', 300) + "\"}");
        var call = session.Talo.Channels.FindAsync(41);
        session.Settle();
        Assert.That(PlayedSession.Error(call).Message, Does.Contain("xxx").And.Not.Contain(PlayedSession.AccessKey[..4]));
    }

    [Test]
    public void AWholeSession_NeverTellsASecretOnTraffic()
    {
        using var session = Playing(out var said);
        var secrets = Enum.GetValues<Secret>().Select(x => Told(session, x)).ToList();
        session.Server.Link.Lose();
        session.Advance(40);
        Assert.That(said.Count(x => x.Contains("***", StringComparison.Ordinal)), Is.GreaterThan(5));
        foreach (var text in said)
        {
            foreach (var spelling in secrets.SelectMany(Spellings)) Assert.That(text, Does.Not.Contain(spelling));
        }
    }

    private static PlayedSession Playing() => Playing(out _);

    private static PlayedSession Playing(out List<string> listen)
    {
        var session = new PlayedSession(x => x.VerificationKey = new VerificationKey("v1", VerificationSecret));
        listen = Listen(session);
        session.Server.Http.On("POST", "/v1/socket-tickets").ReplyOnce(200, new { ticket = TicketSecret });
        session.Server.Ignore("v1.custom");
        return session.Identified();
    }

    private static string Told(PlayedSession session, Secret kind)
    {
        switch (kind)
        {
            case Secret.AccessKey: return PlayedSession.AccessKey;
            case Secret.Ticket: return TicketSecret;
            case Secret.VerificationKey: return VerificationSecret;
            case Secret.IdentifyToken: return session.Server.Player("ada").SocketToken;
            case Secret.MintedToken:
                var minted = session.Talo.Players.CreateSocketTokenAsync();
                session.Settle();
                return PlayedSession.Result(minted);
            case Secret.SetToken:
                session.Talo.Socket.SetSocketToken("given/by+\"the game\"");
                session.Settle();
                return "given/by+\"the game\"";
            case Secret.TokenInARawSend:
                session.Talo.Socket.Send("v1.players.identify", new { playerAliasId = 101, socketToken = "raw/token+\"of the game\"" });
                session.Settle();
                return "raw/token+\"of the game\"";
            default:
                session.Server.Http.On("GET", "/v1/players/identify").FailOnce();
                session.Talo.Players.IdentifyAsync("steam", "steam/ticket+0123 \"456\"").ContinueWith(static x => x.Exception, TaskScheduler.Default);
                session.Settle();
                return "steam/ticket+0123 \"456\"";
        }
    }

    private static List<string> Listen(PlayedSession session)
    {
        var said = new List<string>();
        session.Talo.Socket.Traffic.Subscribe(x => said.AddRange([x.Text, x.Request ?? "", x.ToString()]));
        session.Talo.Socket.Faults.Subscribe(x =>
        {
            said.AddRange([x.Text, x.Where ?? "", x.ToString()]);
            if (x.Error is { } error) Describe(error, said.Add);
        });
        session.Talo.Socket.Errors.Subscribe(x => said.AddRange([x.Req, x.Code.Value, x.Message, x.Cause ?? "", x.ToString()]));
        session.Talo.Socket.Closures.Subscribe(x => said.AddRange([x.Reason, x.ToString()]));
        session.Talo.Socket.States.Subscribe(x =>
        {
            said.AddRange([x.ToString(), x.Cause?.Text ?? ""]);
            if (x.Cause?.Error is { } error) Describe(error, said.Add);
        });
        return said;
    }

    private static Task[] Push(PlayedSession session, Sink sink, string secret)
    {
        var find = "/v1/game-channels/**";
        var json = JsonConvert.ToString(secret);
        switch (sink)
        {
            case Sink.FrameIn:
                session.Server.Link.ReceiveMessage("v1.custom", new { secret, address = Uri.EscapeDataString(secret) });
                return [];
            case Sink.FrameOut:
                return [session.Talo.Socket.SendAsync("v1.custom", new { secret })];
            case Sink.HttpReply:
                session.Server.Http.On("GET", find).Reply(200, new { channel = new { id = 41, name = secret } });
                return [session.Talo.Channels.FindAsync(41)];
            case Sink.HttpRequestPath:
                session.Server.Http.On("GET", "/v1/players/identify").FailOnce(new IOException("no route"));
                return [session.Talo.Players.IdentifyAsync("custom", secret)];
            case Sink.SocketError:
                session.Server.Session.SendError("v1." + secret, "INVALID_MESSAGE", "not good: " + secret, $"{{\"req\":{json}}}");
                return [];
            case Sink.SocketErrorCode:
                session.Server.Session.SendError("v1.custom", secret, "not good");
                return [];
            case Sink.PayloadFault:
                session.Talo.Channels.Messages.Subscribe();
                session.Server.Link.Receive("""{"res":"v1.channels.message","data":{"message":"x","channel":{""" + $"{json}:1,\"id\":{json}" + "}}}");
                session.Talo.Channels.Messages.Subscribe(_ => throw new InvalidOperationException(secret));
                session.Server.Say(session.Server.Player("grace"), 41, secret);
                return [];
            case Sink.ObserverFault:
                session.Talo.Socket.Messages.Subscribe(x => throw new InvalidOperationException("outer", new IOException(secret)));
                session.Server.Link.ReceiveMessage("v1.custom");
                return [];
            case Sink.HttpErrorBody:
                session.Server.Http.On("GET", find).ReplyOnce(400, new { message = "bad: " + secret, errorCode = secret }).ReplyOnce(502, $"<html>{secret}</html>");
                return [session.Talo.Channels.FindAsync(41), session.Talo.Channels.FindAsync(41)];
            case Sink.HttpErrorFields:
                session.Server.Http.On("GET", find).ReplyOnce(400, new { errors = new Dictionary<string, string[]> { ["of " + secret] = [secret] }, rejectedProps = new[] { new { key = secret, error = secret, message = secret } } });
                return [session.Talo.Channels.FindAsync(41)];
            case Sink.HttpException:
                session.Server.Http.On("GET", find).Fail(new IOException($"GET failed with {secret}", new InvalidOperationException(Uri.EscapeDataString(secret))));
                return [session.Talo.Channels.FindAsync(41)];
            case Sink.HttpRequestException:
                session.Server.Http.On("GET", find).Reply(200, $"{{\"channel\":{{{json}:1,\"id\":[]}}}}");
                return [session.Talo.Channels.FindAsync(41)];
            case Sink.DialException:
                session.Server.Transport.Script(DialOutcome.Fails(new IOException($"wss://talo.test/?ticket={Uri.EscapeDataString(secret)} refused", new IOException(secret))));
                session.Server.Link.Lose();
                return [];
            case Sink.LossCause:
                session.Server.Link.Lose(new IOException($"wss://talo.test/?ticket={Uri.EscapeDataString(secret)}: reset", new IOException(secret)));
                return [];
            case Sink.CloseReason:
                session.Server.Link.CloseByPeer(4000, secret);
                return [];
            case Sink.IdentifyRefusal:
                session.Server.On("v1.players.identify", (on, _) => on.SendError("v1.players.identify", "LISTENER_ERROR", $"cannot use {secret}"));
                session.Server.Link.Lose();
                return [];
            case Sink.IdentifyRefusalCode:
                session.Server.On("v1.players.identify", (on, _) => on.SendError("v1.players.identify", secret, "no"));
                session.Server.Link.Lose();
                return [];
            default:
                session.Server.On("v1.players.identify", (on, _) => on.SendError("v1.players.identify", "INVALID_SOCKET_TOKEN", "Invalid socket token"));
                session.Server.Http.On("POST", "/v1/players/socket-token").Reply(500, $"no token like {secret}");
                session.Server.Link.Lose();
                return [];
        }
    }

    private static void Describe(Exception error, Action<string> say)
    {
        say(error.ToString());
        if (error is not TaloException known) return;
        say(known.ErrorCode ?? "");
        foreach (var field in known.FieldErrors) say($"{field.Key}: {string.Join(", ", field.Value)}");
        foreach (var prop in known.RejectedProps) say($"{prop.Key} {prop.Error} {prop.Message}");
    }

    private static IEnumerable<string> Spellings(string secret) =>
        new[] { secret, JsonConvert.ToString(secret).Trim('"'), Uri.EscapeDataString(secret) }.Distinct();
}
