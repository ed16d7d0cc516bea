using System;
using System.Collections.Generic;
using System.Reactive.Concurrency;

namespace Talo.Reactive.Testing;

/// <summary>
/// The smallest Talo that a whole session can be played against, on a scripted transport and scripted HTTP: tickets,
/// <c>v1.connected</c>, identify, socket tokens, heartbeats, channel messages. Every answer can be replaced.
/// </summary>
/// <remarks>
/// Tickets are single-use and valid for 300 s (else the link is closed with 3000); a player is made when first
/// identified; a socket token is replaced by each identify over HTTP; frames before <c>v1.connected</c> are dropped. No
/// membership, no scopes, no rate limits: a test that is about those scripts them. All of it on the scheduler.
/// </remarks>
/// <example>
/// <code>
/// var scheduler = new TestScheduler().StartAt(DateTimeOffset.UnixEpoch);
/// var talo = new ScriptedTalo(scheduler) { EchoChannelMessages = true };
/// // give talo.Transport, talo.Http and the scheduler to the client, identify as ada, then:
/// scheduler.AdvanceBy(TimeSpan.FromSeconds(1));
/// talo.Say(talo.Player("grace"), channelId: 41, "ahoy");
/// talo.Link.Lose();
/// </code>
/// </example>
public sealed partial class ScriptedTalo
{
    private readonly ScriptClock _clock;
    private readonly ScriptedTickets _tickets;
    private readonly Dictionary<string, Action<ScriptedSession, SentFrame>> _handlers = new();
    private readonly List<ScriptedPlayer> _players = new();
    private readonly List<ScriptedSession> _sessions = new();
    private readonly List<SentFrame> _channelMessages = new();
    private readonly List<SentFrame> _dropped = new();
    private int _ids;

    /// <summary>Makes a server that answers everything at the next tick.</summary>
    /// <param name="scheduler">Drives and stamps everything.</param>
    public ScriptedTalo(IScheduler scheduler)
    {
        _clock = new ScriptClock(scheduler);
        _tickets = new ScriptedTickets(_clock, () => NextId(1));
        Transport = new ScriptedTransport(scheduler);
        Http = new ScriptedHttp(scheduler);
        Transport.Opened.Subscribe(Accept);
        Http.On("POST", "/v1/socket-tickets").Reply(_ => ScriptedReply.Json(200, new { ticket = _tickets.Issue() }));
        Http.On("GET", "/v1/players/identify").Reply(Identify);
        Http.On("POST", "/v1/players/socket-token").Reply(ReplaceToken);
        On("v1.players.identify", Identify);
        On("v1.channels.message", RelayChannelMessage);
    }

    /// <summary>The transport to give to the client.</summary>
    public ScriptedTransport Transport { get; }

    /// <summary>The HTTP transport to give to the client. A route that a test adds counts before the server's own.</summary>
    public ScriptedHttp Http { get; }

    /// <summary>How long the server takes over each frame that it sends. The default is zero: the next tick.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Whether a new connection gets <c>v1.connected</c>. The default is true.</summary>
    public bool SendsConnected { get; set; } = true;

    /// <summary>Whether a heartbeat is answered. The default is true.</summary>
    public bool AnswersHeartbeats { get; set; } = true;

    /// <summary>Whether the sender of a channel message gets its echo. The default is false.</summary>
    public bool EchoChannelMessages { get; set; }

    /// <summary>The link that opened last.</summary>
    public ScriptedLink Link => Transport.Link;

    /// <summary>The connection that opened last, seen from the server.</summary>
    /// <exception cref="InvalidOperationException">None has.</exception>
    public ScriptedSession Session => _sessions.Count > 0 ? _sessions[^1] : throw new InvalidOperationException("No link has opened yet.");

    /// <summary>Every connection so far, in order.</summary>
    public IReadOnlyList<ScriptedSession> Sessions => _sessions;

    /// <summary>The channel messages that identified connections have sent, in order.</summary>
    public IReadOnlyList<SentFrame> ChannelMessages => _channelMessages;

    /// <summary>Frames that came before <c>v1.connected</c> and went nowhere.</summary>
    public IReadOnlyList<SentFrame> Dropped => _dropped;

    /// <summary>The player with an identifier; made when there is none.</summary>
    /// <param name="identifier">The identifier of the alias.</param>
    /// <param name="service">The service of the alias.</param>
    public ScriptedPlayer Player(string identifier, string service = "username")
    {
        var player = _players.Find(p => p.Service == service && p.Identifier == identifier);
        if (player is not null) return player;
        player = new ScriptedPlayer(101 + _players.Count, NextId(3), service, identifier, () => NextId(2), _clock);
        _players.Add(player);
        return player;
    }

    /// <summary>Decides what a request leads to, in place of what this server does.</summary>
    /// <param name="req">The name of the request.</param>
    /// <param name="handle">Called with each such frame of a connection that has its <c>v1.connected</c>.</param>
    public void On(string req, Action<ScriptedSession, SentFrame> handle) =>
        _handlers[req] = handle ?? throw new ArgumentNullException(nameof(handle));

    /// <summary>Leaves a request unanswered from now on.</summary>
    /// <param name="req">The name of the request.</param>
    public void Ignore(string req) => On(req, static (_, _) => { });

    /// <summary>A player's channel message arrives at the link that opened last, now.</summary>
    /// <param name="sender">Who says it.</param>
    /// <param name="channelId">The channel.</param>
    /// <param name="text">What is said.</param>
    /// <returns>False, and nothing happens, when the link has ended.</returns>
    public bool Say(ScriptedPlayer sender, int channelId, string text) => Link.ReceiveMessage(
        "v1.channels.message",
        ScriptedTaloJson.ChannelMessage(channelId, sender ?? throw new ArgumentNullException(nameof(sender)), text, _clock.Now));

    /// <summary>Drops every record so far but the last connection, for a run whose records would fill the memory. Players stay.</summary>
    public void Forget()
    {
        if (_sessions.Count > 1) _sessions.RemoveRange(0, _sessions.Count - 1);
        _channelMessages.Clear();
        _dropped.Clear();
        _tickets.Forget();
        Transport.Forget();
        Http.Forget();
    }
}
