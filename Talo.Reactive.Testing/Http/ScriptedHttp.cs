using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using Newtonsoft.Json.Linq;
using Talo.Reactive.Http;

namespace Talo.Reactive.Testing;

/// <summary>
/// An HTTP transport that plays a script: routes answer, calls are recorded, nothing leaves the process and nothing runs
/// but the scheduler. A call that no route answers gets a 404 whose text lists what is scripted.
/// </summary>
/// <example>
/// <code>
/// var http = new ScriptedHttp(scheduler);
/// http.On("POST", "/v1/socket-tickets").ReplyOnce(429, "", ("retry-after", "60")).Reply(200, new { ticket = "t-1" });
/// http.On("POST", "/v1/game-channels/*/join").After(TimeSpan.FromSeconds(2)).Fail();
/// </code>
/// </example>
public sealed class ScriptedHttp : IHttpTransport
{
    private readonly ScriptClock _clock;
    private readonly List<ScriptedRoute> _routes = new();
    private readonly List<HttpExchange> _calls = new();

    /// <summary>Makes a script without routes.</summary>
    /// <param name="scheduler">Drives and stamps everything.</param>
    public ScriptedHttp(IScheduler scheduler) => _clock = new ScriptClock(scheduler);

    /// <summary>How long an answer takes where its route does not say. The default is zero: the next tick.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Whether an answer without latency comes inside the subscription. The default is false: with the next tick.</summary>
    public bool AnswersInsideSubscribe { get; set; }

    /// <summary>When set, replies without a <c>Date</c> header get one with this time.</summary>
    public Func<DateTimeOffset>? ServerClock { get; set; }

    /// <summary>Every call so far, in order.</summary>
    public IReadOnlyList<HttpExchange> Calls => _calls;

    /// <summary>Adds a route. A later one counts before an earlier one, as long as it has an answer.</summary>
    /// <param name="method">The method, or <c>*</c> for any.</param>
    /// <param name="path">The path: <c>*</c> stands for anything inside one segment, <c>**</c> for anything; the query is looked at only when the pattern has a <c>?</c>.</param>
    public ScriptedRoute On(string method, string path)
    {
        var route = new ScriptedRoute(method, path);
        _routes.Add(route);
        return route;
    }

    /// <summary>The calls of a method and a path pattern so far, in order.</summary>
    /// <param name="method">The method, or <c>*</c> for any.</param>
    /// <param name="path">The pattern, as in <see cref="On"/>.</param>
    public IReadOnlyList<HttpExchange> CallsTo(string method, string path)
    {
        var pattern = new PathPattern(path);
        return _calls.Where(call => (method == "*" || call.Method == method) && pattern.Matches(call.Call.Address)).ToList();
    }

    /// <summary>Drops the records of calls, for a run whose records would fill the memory. Routes stay.</summary>
    public void Forget() => _calls.Clear();

    /// <inheritdoc/>
    public IObservable<HttpReply> Send(HttpCall call)
    {
        _ = call ?? throw new ArgumentNullException(nameof(call));
        return new SubscribeObservable<HttpReply>(observer =>
        {
            var exchange = new HttpExchange(call, _clock.Now, _clock.Elapsed);
            _calls.Add(exchange);
            var answer = FindAnswer(call);
            var pending = Schedule(answer, () => Deliver(answer, exchange, observer));
            return Disposable.Create(() =>
            {
                pending.Dispose();
                if (exchange.IsPending) exchange.GivenUpAt = _clock.Now;
            });
        });
    }

    private ScriptedRoute.Answer FindAnswer(HttpCall call)
    {
        for (var i = _routes.Count - 1; i >= 0; i--)
        {
            if (_routes[i].Take(call) is { } answer) return answer;
        }

        return new ScriptedRoute.Answer(NotScripted, null, null);
    }

    private HttpReply NotScripted(HttpCall call)
    {
        var routes = _routes.Count == 0 ? "nothing" : string.Join(", ", _routes);
        return ScriptedReply.Json(404, new JObject { ["message"] = $"{call.Method} {call.Address.PathAndQuery} has no scripted answer. Scripted: {routes}." });
    }

    private IDisposable Schedule(ScriptedRoute.Answer answer, Action deliver)
    {
        if (answer.Reply is null && answer.Error is null) return Disposable.Empty;
        var after = answer.After ?? Latency;
        if (after > TimeSpan.Zero || !AnswersInsideSubscribe) return _clock.After(after, deliver);
        deliver();
        return Disposable.Empty;
    }

    private void Deliver(ScriptedRoute.Answer answer, HttpExchange exchange, IObserver<HttpReply> observer)
    {
        if (answer.Error is { } error)
        {
            exchange.Error = error;
            observer.OnError(error);
            return;
        }

        var reply = Dated(answer.Reply!(exchange.Call));
        exchange.Reply = reply;
        observer.OnNext(reply);
        observer.OnCompleted();
    }

    private HttpReply Dated(HttpReply reply)
    {
        if (ServerClock is not { } clock || reply.Header("date") is not null) return reply;
        var date = clock().ToString("R", CultureInfo.InvariantCulture);
        return new HttpReply(reply.Status, reply.Headers.Append(new KeyValuePair<string, string>("date", date)).ToList(), reply.Body);
    }
}
