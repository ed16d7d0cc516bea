using System;
using System.Collections.Generic;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Talo.Reactive.Inbound;
using Talo.Reactive.Sessions;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Http;

/// <summary>Makes the calls of the Talo API: headers, signature, time limit, rate budget, errors. Everything it returns is cold.</summary>
internal sealed class TaloHttp
{
    private readonly Settings settings;
    private readonly IHttpTransport transport;
    private readonly TrafficStream traffic;
    private readonly Redactor redactor;
    private readonly Dictionary<RateBucket, HttpBudget> budgets;

    internal TaloHttp(Settings settings, IHttpTransport transport, TrafficStream traffic, Redactor redactor, ServerClock clock)
    {
        this.settings = settings;
        this.transport = transport;
        this.traffic = traffic;
        this.redactor = redactor;
        Clock = clock;
        budgets = new Dictionary<RateBucket, HttpBudget>
        {
            [RateBucket.Auth] = new HttpBudget(settings.BackgroundCalls.AuthPerMinute, settings.Scheduler),
            [RateBucket.Default] = new HttpBudget(settings.BackgroundCalls.DefaultPerMinute, settings.Scheduler),
        };
    }

    /// <summary>The server's clock, measured with each reply.</summary>
    internal ServerClock Clock { get; }

    /// <summary>Hears how each call ends: its status, or null where no answer came. From any thread.</summary>
    internal Action<int?> Ended { get; set; } = static _ => { };

    private IScheduler Scheduler => settings.Scheduler;

    /// <summary>Keeps a secret that is about to stand in a request out of what is told.</summary>
    internal void Conceal(string secret) => redactor.AddShortLived(secret);

    /// <summary>As <see cref="Conceal"/>, for a token that stays in use.</summary>
    internal void ConcealToken(string token) => redactor.Add(token);

    /// <summary>Whose sessions the calls of an alias show; null until there can be any.</summary>
    internal PlayerSessions? Sessions { get; set; }

    /// <summary>Waits for the turn of a call that the client makes by itself. Cold.</summary>
    /// <param name="bucket">Where the call counts.</param>
    /// <param name="held">As in <see cref="TaloRequest.Held"/>.</param>
    internal IObservable<System.Reactive.Unit> Turn(RateBucket bucket, Action<TimeSpan>? held = null) =>
        budgets[bucket].Enqueue(Observable.Return(System.Reactive.Unit.Default, ImmediateScheduler.Instance), held: held);

    /// <summary>The game wants it now: a pause that a server asked for holds nothing up any more. It may ask again.</summary>
    internal void EndPauses()
    {
        foreach (var budget in budgets.Values) budget.EndPause();
    }

    /// <summary>Sends a call and reads its answer; an error is always a <see cref="TaloException"/>.</summary>
    internal IObservable<T> Send<T>(TaloRequest request, EntityReader<T> reader) =>
        Send(request).Select(reply =>
        {
            try
            {
                return Payload.Read(reply.Body.Span, reader);
            }
            catch (TaloPayloadException error)
            {
                throw TaloErrors.Unreadable(Name(request), reply, redactor.Redact(error));
            }
        });

    /// <summary>Sends a call; answers with a reply of status 200 to 299.</summary>
    internal IObservable<HttpReply> Send(TaloRequest request)
    {
        if (!budgets.TryGetValue(request.Bucket, out var budget)) return Exchange(request);
        return request.IsBackground
            ? budget.Enqueue(Begun(request), request.Kind, request.Held)
            : Observable.Using(budget.GameCall, _ => Exchange(request));
    }

    private IObservable<HttpReply> Begun(TaloRequest request) => Observable.Defer(() =>
    {
        request.Begun?.Invoke();
        return Exchange(request);
    });

    /// <summary>A call that costs nothing but tells the server's time.</summary>
    internal IObservable<System.Reactive.Unit> MeasureClock() =>
        Send(new TaloRequest("GET", "/v1/health-check")).Select(static _ => System.Reactive.Unit.Default);

    /// <summary>
    /// The one place that decides what a call shows of the player: a call of an alias that has signed in shows its session, and where
    /// the server refuses that, once more a refreshed one.
    /// </summary>
    private IObservable<HttpReply> Exchange(TaloRequest request) => Observable.Defer(() =>
        Sessions is { } sessions && sessions.Of(request.AliasId) is { } session
            ? sessions.Fresh(session).SelectMany(fresh => Signed(request with { Session = fresh }).Catch((TaloException error) =>
                error is { Status: 401 } && error.PlayerAuthErrorCode == PlayerAuthErrorCode.InvalidSession
                    ? sessions.Renew(fresh).SelectMany(next => Signed(request with { Session = next }))
                    : Observable.Throw<HttpReply>(error)))
            : Signed(request));

    private IObservable<HttpReply> Signed(TaloRequest request) =>
        Attempt(request).Catch((TaloException error) => IsClockRefused(request, error) ? Attempt(request) : Observable.Throw<HttpReply>(error));

    /// <summary>A signed call is answered 401 "Unauthorized" when this machine's clock is off; that very answer has measured it.</summary>
    private bool IsClockRefused(TaloRequest request, TaloException error) =>
        error is { Status: 401, ErrorCode: null } && IsSigned(request);

    private bool IsSigned(TaloRequest request) =>
        settings.VerificationKey is not null && request.AliasId is not null && request.Method != "GET";

    private IObservable<HttpReply> Attempt(TaloRequest request) => Observable.Defer(() =>
    {
        var call = Call(request);
        var sent = Clock.Local();
        traffic.HttpRequest(request.Name, request.ShownBody ?? (call.Body is { } body ? body.Span : default));
        return SafeSend(call)
            .Take(1)
            .Timeout(settings.Timeouts.Http, Observable.Throw<HttpReply>(TaloErrors.Late(Name(request), settings.Timeouts.Http, settings.ApiUrl.Host)), Scheduler)
            .Catch((Exception error) => Observable.Throw<HttpReply>(error as TaloException ?? TaloErrors.NoReply(Name(request), redactor.Redact(error), settings.ApiUrl.Host)))
            .Do(static _ => { }, _ => Unanswered(request))
            .Select(reply => Seen(request, reply, sent));
    });

    /// <summary>A transport that was given in the options may throw instead of answering with an error.</summary>
    private IObservable<HttpReply> SafeSend(HttpCall call) =>
        Observable.Defer(() => transport.Send(call))
            .Concat(Observable.Throw<HttpReply>(new InvalidOperationException("The HTTP transport completed without a reply.")));

    private HttpReply Seen(TaloRequest request, HttpReply reply, DateTimeOffset sent)
    {
        Clock.Observe(reply.Header("date"), sent, Clock.Local());
        var canBeShown = SecretsIn.TryKeep(reply.Body.Span, redactor);
        traffic.HttpReply(request.Name, reply.Status, reply.Body.Span, canBeShown);
        Ended(reply.Status);
        return reply.Status is >= 200 and < 300 ? reply : throw Refused(request, reply, canBeShown);
    }

    private void Unanswered(TaloRequest request)
    {
        traffic.HttpReply(request.Name, null, default, canBeShown: true);
        Ended(null);
    }

    private TaloException Refused(TaloRequest request, HttpReply reply, bool canBeShown)
    {
        var error = TaloErrors.From(Name(request), reply, canBeShown, redactor.Redact, Clock.Now());
        if (reply.Status == 429 && RetryAfter.Of(error) is { } pause && budgets.TryGetValue(request.Bucket, out var budget)) budget.PauseFor(pause);
        return error;
    }

    private HttpCall Call(TaloRequest request)
    {
        var body = request.Body ?? (IsSigned(request) ? EmptyObject() : null);
        var headers = new List<KeyValuePair<string, string>>(8)
        {
            new("authorization", "Bearer " + settings.AccessKey),
            new("accept", "application/json"),
            new("x-talo-client", "reactive:" + Settings.Version),
        };
        if (body is not null) headers.Add(new("content-type", "application/json"));
        if (request.AliasId is { } alias) headers.Add(new("x-talo-alias", alias.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (request.Session is { } session)
        {
            // The server wants both ids as soon as there is a session.
            headers.Add(new("x-talo-player", session.PlayerId));
            headers.Add(new("x-talo-session", session.SessionToken));
        }

        if (settings.DevBuild) headers.Add(new("x-talo-dev-build", "1"));
        if (settings.IncludeDevData) headers.Add(new("x-talo-include-dev-data", "1"));
        if (settings.VerificationKey is { } key && IsSigned(request))
            headers.Add(new("x-talo-signature", RequestSignature.Create(key.Version, key.Value, RequestSignature.NewRid(), Clock.UnixMilliseconds(), body)));
        return new HttpCall(request.Method, settings.Api(request.PathAndQuery), headers, body is null ? default(ReadOnlyMemory<byte>?) : new ReadOnlyMemory<byte>(body));
    }

    /// <summary>The server answers 500 to a signed call without a body.</summary>
    private static byte[] EmptyObject() => [(byte)'{', (byte)'}'];

    private string Name(TaloRequest request) => redactor.Redact(request.Name);
}
