using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Newtonsoft.Json;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Session;

/// <summary>
/// What a server or another player writes does not begin a line of its own in a log, and paints nothing: texts show control characters
/// escaped, properties hold them as they came.
/// </summary>
public sealed class LogInjectionTests
{
    private const string Evil = "a\r\n[FAKE] all is well\u001b[2J\0\u0085\u2028\u202e\u007f\tb";
    private const string Shown = "a\\r\\n[FAKE] all is well\\u001b[2J\\u0000\\u0085\\u2028\\u202e\\u007f\\tb";

    private PlayedSession _session = null!;
    private List<string> _said = null!;

    [SetUp]
    public void Play()
    {
        _session = new PlayedSession().Identified();
        _said = [];
        _session.Talo.Socket.Traffic.Subscribe(x => _said.Add(x.ToString()));
        _session.Talo.Socket.Faults.Subscribe(x => _said.AddRange([x.ToString(), x.Text]));
        _session.Talo.Socket.Errors.Subscribe(x => _said.AddRange([x.ToString(), x.Code.ToString()]));
        _session.Talo.Socket.Closures.Subscribe(x => _said.Add(x.ToString()));
        _session.Talo.Socket.States.Subscribe(x => _said.AddRange([x.ToString(), x.Cause?.ToString() ?? "", x.Cause?.Text ?? ""]));
    }

    [TearDown]
    public void Stop() => _session.Dispose();

    [Test]
    public void CloseReason_EscapedInTexts_RawInTheProperty()
    {
        _session.Server.Link.CloseByPeer(4000, Evil);
        _session.Settle();
        RequireShown(atLeast: 3);
        Assert.That(_session.Closures[^1].Reason, Is.EqualTo(Evil));
    }

    [Test]
    public void SocketError_EscapedInTexts_RawInTheProperties()
    {
        _session.Server.Session.SendError("v1." + Evil, Evil, Evil, Evil);
        _session.Settle();
        RequireShown(atLeast: 2);
        var error = _session.Errors[^1];
        Assert.That((error.Req, error.Code.Value, error.Message, error.Cause), Is.EqualTo(("v1." + Evil, Evil, Evil, Evil)));
    }

    [Test]
    public void RefusedIdentify_EscapedInTheCauseOfTheState()
    {
        _session.Server.On("v1.players.identify", (on, _) => on.SendError("v1.players.identify", Evil, Evil));
        _session.Server.Link.Lose();
        _session.Advance(40);
        RequireShown(atLeast: 3);
    }

    [Test]
    public void FrameWithRawControlCharacters_EscapedInTheTextOfTraffic_RawInTheProperty()
    {
        var raw = new List<string>();
        _session.Talo.Socket.Traffic.Subscribe(x => raw.Add(x.Text));
        _session.Server.Link.Receive("not a message: " + Evil);
        _session.Settle();
        RequireShown(atLeast: 1);
        Assert.That(raw, Has.Some.EqualTo("not a message: " + Evil));
    }

    [Test]
    public void RefusedCall_EscapedInTheException_RawInTheProperties()
    {
        var error = Refused(400, new { message = Evil, errorCode = Evil, errors = new Dictionary<string, string[]> { [Evil] = [Evil] } });
        Assert.That(error.Message, Does.Contain(Shown));
        RequireNoControl(error.Message);
        Assert.That((error.ErrorCode, error.FieldErrors[Evil].Single()), Is.EqualTo((Evil, Evil)));
        RequireNoControl(error.PlayerAuthErrorCode.ToString());
    }

    [Test]
    public void AnswerOfAnotherShape_EscapedInTheException()
    {
        var error = Refused(200, "{\"channel\":{\"props\":[{" + JsonConvert.ToString(Evil) + ":1,\"key\":[]}]}}");
        RequireNoControl(error.Message);
        RequireNoControl(error.InnerException!.Message);
    }

    [Test]
    public void NoAnswer_EscapedInTheException()
    {
        _session.Server.Http.On("GET", "/v1/game-channels/**").Fail(new IOException("Received an invalid status line: " + Evil));
        var call = _session.Talo.Channels.FindAsync(41);
        _session.Settle();
        var error = PlayedSession.Error(call);
        Assert.That(error.Message, Does.Contain(Shown));
        RequireNoControl(error.Message);
    }

    [Test]
    public void LinkThatCouldNotBeOpened_EscapedInTheCauseOfTheState()
    {
        _session.Server.Transport.Script(Talo.Reactive.Testing.DialOutcome.Fails(new IOException("The server returned " + Evil)));
        _session.Server.Link.Lose();
        _session.Advance(40);
        RequireShown(atLeast: 1);
    }

    [Test]
    public void ObserverThatThrows_EscapedInTheFault_ItsExceptionAsItWasThrown()
    {
        var thrown = new InvalidOperationException(Evil);
        _session.Talo.Socket.Messages.Subscribe(_ => throw thrown);
        _session.Server.Link.ReceiveMessage("v1.custom");
        _session.Settle();
        RequireShown(atLeast: 1);
        Assert.That(_session.Faults[^1].Error, Is.SameAs(thrown));
    }

    [Test]
    public void WhatPlayersWrite_EscapedInTheTextsOfEvents_RawInTheProperties()
    {
        var messages = new List<ChannelMessage>();
        _session.Talo.Channels.Messages.Subscribe(messages.Add);
        _session.Server.Say(_session.Server.Player("ada"), 41, Evil);
        _session.Settle();
        Assert.That(messages.Single().ToString(), Does.Contain(Shown));
        RequireNoControl(messages.Single().ToString());
        Assert.That(messages.Single().Message, Is.EqualTo(Evil));
    }

    private TaloException Refused(int status, object body)
    {
        _session.Server.Http.On("GET", "/v1/game-channels/**").Reply(status, body is string text ? text : JsonConvert.SerializeObject(body));
        var call = _session.Talo.Channels.FindAsync(41);
        _session.Settle();
        return (TaloException)PlayedSession.Error(call);
    }

    private void RequireShown(int atLeast)
    {
        Assert.That(_said.Count(static x => x.Contains(Shown, StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(atLeast), string.Join("\n", _said));
        foreach (var text in _said) RequireNoControl(text);
    }

    private static void RequireNoControl(string text) =>
        Assert.That(text.Where(static c => char.IsControl(c) || c is '\u2028' or '\u202e'), Is.Empty, text);
}
