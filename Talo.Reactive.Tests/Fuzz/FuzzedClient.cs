using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive.Linq;
using System.Text;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using Talo.Reactive.Http;
using Talo.Reactive.Testing;
using Talo.Reactive.Tests.Growth;
using Talo.Reactive.Tests.Session;
using Talo.Reactive.Tests.Wire;

namespace Talo.Reactive.Tests.Fuzz;

/// <summary>
/// A whole client in virtual time with everything observed, and what must hold whatever the server sends: nothing throws but what is
/// documented, nothing hangs, event streams never end, no secret is told, nothing grows without end, and the client works afterwards.
/// </summary>
internal sealed class FuzzedClient : IDisposable
{
    internal const string Password = "correct-horse-battery-staple";

    /// <summary>More than everything that a client keeps together; its caches are full of small things, and its books bounded.</summary>
    private const int MostBytes = 8 * 1024 * 1024;

    private static readonly string GoodBody = Body();

    private readonly Random _random;
    private readonly Hostile _hostile;
    private readonly List<(string What, Task Task)> _calls = [];
    private readonly List<string> _errors = [];
    private readonly HashSet<string> _secrets = [PlayedSession.AccessKey];
    // What a hostile server may repeat: of secrets those that it was told.
    private readonly List<string> _texts = ["ada", "harbour", "gold", "items[]", "v1.channels.message"];
    private string _lastMessage = "";
    private int _goodFrames;

    internal FuzzedClient(int seed)
    {
        _random = new Random(seed);
        Session = new PlayedSession(x =>
        {
            x.Random = _random.NextDouble;
            var others = new ScriptedHttp(x.Scheduler!);
            var sessions = 0;
            others.On("*", "/v1/**").Reply(_ => ScriptedReply.Text(200, GoodBody.Replace("session-token-", $"session-token-{++sessions}-", StringComparison.Ordinal)));
            x.HttpTransport = new HostileHttp(this, x.HttpTransport!, others);
        });
        Tell(PlayedSession.AccessKey);
        Talo.Socket.Traffic.Subscribe(x => LookAt("Traffic", $"{x.Request} {x.Text}"));
        Session.Identified();
        _hostile = new Hostile(_random, _texts, [Talo.CurrentAlias!.Id, 41, 212, 0]);
        if (_random.Next(8) == 0) return;
        EveryStream.Observe(Talo, 41, Heard, Ended);
        Talo.Channels.In(41).Joined().Subscribe(static _ => { }, static _ => { });
        Talo.Channels.In(41).Storage("gold", "items[]").Subscribe(static _ => { }, static _ => { });
        Talo.PlayerPresence.Of(Talo.CurrentAlias!).Subscribe(static _ => { }, static _ => { });
        Session.Settle();
    }

    internal PlayedSession Session { get; }

    internal TaloClient Talo => Session.Talo;

    /// <summary>Whether HTTP is answered as it comes; else as Talo does.</summary>
    internal bool IsHostile { get; set; }

    /// <summary>What was done, for whoever reads of a failure.</summary>
    internal List<string> Story { get; } = [];

    internal void Receive()
    {
        if (Session.Server.Transport.Links is not [.., { IsOpen: true } link]) return;
        var frame = _hostile.Frame();
        Story.Add(Shown(frame));
        Guarded(() => link.Receive(frame));
    }

    internal void Do(Action<Random> something)
    {
        Guarded(() => something(_random));
    }

    /// <summary>A call, or what it throws at once.</summary>
    internal void Call(string what, Func<Task> make)
    {
        Story.Add(what);
        Guarded(() =>
        {
            try
            {
                _calls.Add((what, make()));
            }
            catch (Exception error) when (IsDocumented(error))
            {
                LookAtException(what, error);
            }
        });
    }

    /// <summary>Signs in with a Talo account.</summary>
    internal FuzzedClient SignedIn()
    {
        Tell(Password);
        _ = Talo.PlayerAuth.LoginAsync("ada", Password);
        Session.Settle();
        Assert.That(Talo.CurrentAlias!.Service, Is.EqualTo("talo"));
        return this;
    }

    internal void Advance(double seconds) => Guarded(() => Session.Advance(seconds));

    /// <summary>What must hold in the end.</summary>
    internal void End()
    {
        IsHostile = false;
        Advance(1800);
        Works();
        foreach (var (what, task) in _calls)
        {
            if (!task.IsCompleted) _errors.Add($"{what} never ended");
            else if (task.Exception?.InnerException is { } error)
            {
                if (!IsDocumented(error)) _errors.Add($"{what} failed with {error}");
                LookAtException(what, error);
            }
        }

        foreach (var fault in Session.Faults)
        {
            if (fault.Kind is TaloFaultKind.ObserverThrew or TaloFaultKind.ExtensionThrew) _errors.Add($"{fault} {fault.Error}");
            LookAtLine("Faults", fault.ToString());
            if (fault.Error is { } error) LookAtException("Faults", error);
        }

        foreach (var state in Session.States)
        {
            LookAtLine("States", $"{state} {state.Cause}");
            if (state.Cause?.Error is { } error) LookAtException("States", error);
        }

        foreach (var closure in Session.Closures) LookAtLine("Closures", closure.ToString());
        foreach (var error in Session.Errors)
        {
            LookAtLine("Errors", error.ToString());
            LookAt("Errors", $"{error.Req} {error.Code} {error.Message} {error.Cause}");
        }

        var size = Reachable.BytesFrom(Talo);
        if (size > MostBytes) _errors.Add($"the client holds {size} bytes");
        if (_errors.Count > 0) Assert.Fail($"{string.Join('\n', _errors.Distinct().Take(5))}\n\nBefore it:\n{string.Join('\n', Story.TakeLast(40))}");
    }

    public void Dispose() => Session.Dispose();

    /// <summary>A good call succeeds, the socket comes back, and a good frame arrives.</summary>
    private void Works()
    {
        var ping = Talo.HealthCheck.PingAsync();
        var identified = Talo.Players.IdentifyAsync("username", "ada");
        var opened = Talo.Socket.OpenConnectionAsync();
        Advance(300);
        if (!ping.IsCompletedSuccessfully || !ping.Result) _errors.Add($"a ping afterwards: {ping.Status} {ping.Exception}");
        if (!identified.IsCompletedSuccessfully) _errors.Add($"identify afterwards: {identified.Status} {identified.Exception}");
        if (!opened.IsCompletedSuccessfully) _errors.Add($"open afterwards: {opened.Status} {opened.Exception}");
        if (!Talo.Socket.IsIdentified) _errors.Add($"the socket afterwards: {Talo.Socket.State} {Talo.Socket.State.Cause}");
        Talo.Channels.Messages.Subscribe(x => _lastMessage = x.Message);
        Guarded(() => Session.Server.Link.Receive(Reference.Frame("v1.channels.message").Replace("ahoy", $"good frame {++_goodFrames}", StringComparison.Ordinal)));
        if (_lastMessage != $"good frame {_goodFrames}") _errors.Add("a good frame afterwards was not delivered");
    }

    private void Heard(string stream, object value)
    {
        if (value is not TaloMessage message) return;
        foreach (var read in new Func<object>[] { () => message.Data, message.DataAs<ChannelMessage>, message.DataAs<PresenceUpdated>, message.DataAs<ChannelStorageUpdated>, message.DataAs<GameLine> })
        {
            try
            {
                read();
            }
            catch (TaloPayloadException)
            {
                // A message is raw, and so is what it says of itself.
            }
            catch (Exception error)
            {
                _errors.Add($"reading the data threw {error}");
            }
        }
    }

    private void Ended(string stream, Exception? error)
    {
        // State may be refused for good.
        if (error is not null && stream == "LiveConfig.Current") LookAtException(stream, error);
        else _errors.Add($"{stream} ended: {error}");
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is not AssertionException)
        {
            _errors.Add($"escaped: {error}");
        }
    }

    private void Tell(string secret)
    {
        if (_secrets.Add(secret) || secret == PlayedSession.AccessKey) _texts.Add(secret);
    }

    private void LookAt(string where, string text)
    {
        foreach (var secret in _secrets)
        {
            if (text.Contains(secret, StringComparison.Ordinal)) _errors.Add($"{where} tells the secret {secret}: {text}");
        }
    }

    /// <summary>A line for a log: what others sent stands in it escaped.</summary>
    private void LookAtLine(string where, string text)
    {
        LookAt(where, text);
        if (text.Any(char.IsControl)) _errors.Add($"{where} tells a control character: {text}");
    }

    private void LookAtException(string where, Exception error)
    {
        LookAtLine(where, error.Message);
        LookAt(where, error.ToString());
        if (error is not TaloException talo) return;
        foreach (var text in talo.FieldErrors.SelectMany(static x => x.Value.Prepend(x.Key))) LookAt(where, text);
        foreach (var prop in talo.RejectedProps) LookAt(where, $"{prop.Key} {prop.Error} {prop.Message}");
        LookAt(where, talo.ErrorCode ?? "");
    }

    private static bool IsDocumented(Exception error) =>
        error is TaloException or TaloPayloadException or ArgumentException or OperationCanceledException or ObjectDisposedException;

    private HttpReply Spoil(HttpCall call, HttpReply good)
    {
        if (!IsHostile)
        {
            foreach (var secret in SecretsOf(good)) Tell(secret);
            return good;
        }

        var body = _random.Next(4) switch
        {
            0 => [],
            1 => _hostile.Of("""{"message":"no","errorCode":"INVALID_SESSION","errors":{"name":["is bad"]},"rejectedProps":[{"key":"gold","error":"E","message":"bad"}]}"""),
            _ => _hostile.Of(_random.Next(2) == 0 ? Encoding.UTF8.GetString(good.Body.Span) : GoodBody),
        };
        var reply = new HttpReply(_hostile.Status(), [.. _hostile.Headers().Select(static x => new KeyValuePair<string, string>(x.Name, x.Value))], body);
        Story.Add($"{call.Method} {call.Address.PathAndQuery}: {reply.Status} {string.Join(' ', reply.Headers)} {Shown(body)}");
        return reply;
    }

    private static IEnumerable<string> SecretsOf(HttpReply reply)
    {
        if (reply.Body.Length == 0) yield break;
        var body = JObject.Parse(Encoding.UTF8.GetString(reply.Body.Span));
        foreach (var name in new[] { "ticket", "socketToken", "sessionToken", "refreshToken" })
        {
            if ((string?)body[name] is { } secret) yield return secret;
        }
    }

    private static string Shown(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return text.Length > 300 ? $"{text[..300]}… ({bytes.Length} bytes)" : text;
    }

    /// <summary>One body that every call can read what it wants of.</summary>
    private static string Body()
    {
        var ada = Reference.Ada;
        // About whom the calls ask: PublicCalls says so.
        var alias = JObject.Parse(ada);
        alias["id"] = 41;
        alias["service"] = "talo";
        alias["player"]!["id"] = "gold";
        var all = JObject.Parse($$"""
            {"alias":{{alias}},"player":{"id":"gold","props":[],"aliases":[{{ada}}],"groups":[]},"players":[],"channel":{{Reference.Harbour}},"channels":[{{Reference.Harbour}}],
             "members":[{{ada}}],"subscription":{{Reference.Subscription}},"subscriptions":[{{Reference.Subscription}}],"subscribers":[{{Reference.Subscription}}],
             "presence":{"online":true,"customStatus":"afk","playerAlias":{{ada}}},"config":[{"key":"xpRate","value":"1.5"}],"prop":{{Reference.Gold}},"props":[{{Reference.Gold}}],
             "upsertedProps":[{{Reference.Gold}}],"deletedProps":[],"failedProps":[],"rejectedProps":[],"sessionToken":"session-token-0123456789","refreshToken":"refresh-token-0123456789","socketToken":"socket-token-0123456789","ticket":"ticket-0123456789","count":1,"itemsPerPage":50,"isLastPage":true}
            """);
        return all.ToString(Newtonsoft.Json.Formatting.None);
    }

    /// <summary>A type of a game's own.</summary>
    private sealed record GameLine(string? Message, PlayerAlias? PlayerAlias, Dictionary<string, object?>? Channel);

    /// <summary>Answers as Talo does, or with what is made of it: or with nothing, an error, or an exception.</summary>
    private sealed class HostileHttp(FuzzedClient client, IHttpTransport server, IHttpTransport others) : IHttpTransport
    {
        public IObservable<HttpReply> Send(HttpCall call)
        {
            var path = call.Address.AbsolutePath;
            var isOwn = path is "/v1/socket-tickets" or "/v1/players/identify" or "/v1/players/socket-token";
            var answer = (isOwn ? server : others).Send(call).Select(good => client.Spoil(call, good));
            return !client.IsHostile ? answer : client._random.Next(40) switch
            {
                0 => Observable.Never<HttpReply>(),
                1 => Observable.Empty<HttpReply>(),
                2 => Observable.Throw<HttpReply>(new System.IO.IOException($"broken: {PlayedSession.AccessKey}")),
                3 => throw new InvalidOperationException($"broken at once: {call.Address}"),
                _ => answer,
            };
        }
    }
}
