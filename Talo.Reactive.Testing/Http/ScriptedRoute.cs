using System;
using System.Collections.Generic;
using System.IO;
using Talo.Reactive.Http;

namespace Talo.Reactive.Testing;

/// <summary>
/// What a method and a path answer. Answers given once are used up in order; then the lasting one counts. Without
/// either, an earlier route for the same call gets it.
/// </summary>
public sealed class ScriptedRoute
{
    private readonly Queue<Answer> _once = new();
    private readonly string _method;
    private readonly PathPattern _path;
    private Answer? _lasting;
    private TimeSpan? _after;

    internal ScriptedRoute(string method, string path)
    {
        _method = method;
        _path = new PathPattern(path);
    }

    /// <summary>How long the answers that follow on this route take; otherwise <see cref="ScriptedHttp.Latency"/> counts.</summary>
    /// <param name="delay">The time; not negative.</param>
    /// <returns>This route.</returns>
    public ScriptedRoute After(TimeSpan delay)
    {
        if (delay < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(delay), delay, "A time is not negative.");
        _after = delay;
        return this;
    }

    /// <summary>Answers every call with a text.</summary>
    /// <returns>This route.</returns>
    public ScriptedRoute Reply(int status, string body = "", params (string Name, string Value)[] headers) =>
        Reply(_ => ScriptedReply.Text(status, body, headers));

    /// <summary>Answers every call with JSON made of an object, anonymous types included.</summary>
    /// <returns>This route.</returns>
    public ScriptedRoute Reply(int status, object body, params (string Name, string Value)[] headers) =>
        Reply(_ => ScriptedReply.Json(status, body, headers));

    /// <summary>Answers every call with what a function makes of it when the answer is due.</summary>
    /// <returns>This route.</returns>
    public ScriptedRoute Reply(Func<HttpCall, HttpReply> reply) => Lasting(reply, null);

    /// <summary>Answers one call with a text.</summary>
    /// <returns>This route.</returns>
    public ScriptedRoute ReplyOnce(int status, string body = "", params (string Name, string Value)[] headers) =>
        ReplyOnce(_ => ScriptedReply.Text(status, body, headers));

    /// <summary>Answers one call with JSON made of an object, anonymous types included.</summary>
    /// <returns>This route.</returns>
    public ScriptedRoute ReplyOnce(int status, object body, params (string Name, string Value)[] headers) =>
        ReplyOnce(_ => ScriptedReply.Json(status, body, headers));

    /// <summary>Answers one call with what a function makes of it when the answer is due.</summary>
    /// <returns>This route.</returns>
    public ScriptedRoute ReplyOnce(Func<HttpCall, HttpReply> reply) => Once(reply, null);

    /// <summary>Fails every call.</summary>
    /// <param name="error">The failure; an <see cref="IOException"/> by default.</param>
    /// <returns>This route.</returns>
    public ScriptedRoute Fail(Exception? error = null) => Lasting(null, error ?? NoReply());

    /// <summary>Fails one call.</summary>
    /// <param name="error">The failure; an <see cref="IOException"/> by default.</param>
    /// <returns>This route.</returns>
    public ScriptedRoute FailOnce(Exception? error = null) => Once(null, error ?? NoReply());

    /// <summary>Leaves every call unanswered.</summary>
    /// <returns>This route.</returns>
    public ScriptedRoute Never() => Lasting(null, null);

    /// <summary>Leaves one call unanswered.</summary>
    /// <returns>This route.</returns>
    public ScriptedRoute NeverOnce() => Once(null, null);

    /// <inheritdoc/>
    public override string ToString() => $"{_method} {_path.Text}";

    internal Answer? Take(HttpCall call)
    {
        if ((_method != "*" && !string.Equals(_method, call.Method, StringComparison.OrdinalIgnoreCase)) || !_path.Matches(call.Address)) return null;
        return _once.Count > 0 ? _once.Dequeue() : _lasting;
    }

    private static IOException NoReply() => new("The scripted call failed: no reply came.");

    private ScriptedRoute Lasting(Func<HttpCall, HttpReply>? reply, Exception? error)
    {
        _lasting = new Answer(reply, error, _after);
        return this;
    }

    private ScriptedRoute Once(Func<HttpCall, HttpReply>? reply, Exception? error)
    {
        _once.Enqueue(new Answer(reply, error, _after));
        return this;
    }

    /// <summary>A reply, a failure, or neither: the call stays unanswered.</summary>
    internal sealed class Answer
    {
        internal Answer(Func<HttpCall, HttpReply>? reply, Exception? error, TimeSpan? after)
        {
            Reply = reply;
            Error = error;
            After = after;
        }

        internal Func<HttpCall, HttpReply>? Reply { get; }

        internal Exception? Error { get; }

        internal TimeSpan? After { get; }
    }
}
