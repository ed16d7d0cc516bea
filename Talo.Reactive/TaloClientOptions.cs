using System;
using System.Net.Http;
using System.Reactive.Concurrency;
using Talo.Reactive.Http;
using Talo.Reactive.Transport;

namespace Talo.Reactive;

/// <summary>Everything that can be set about a <see cref="TaloClient"/>. Checked and copied once, when the client is made.</summary>
/// <remarks>Not thread-safe while it is being filled. Changes after the client was made have no effect on it.</remarks>
public sealed class TaloClientOptions
{
    /// <summary>The hosted Talo.</summary>
    public const string DefaultApiUrl = "https://api.trytalo.com";

    /// <summary>The access key of the game, from the Talo dashboard. Required. A secret: it never shows in a log, a stream or an exception.</summary>
    public string AccessKey { get; set; } = "";

    /// <summary>Where the HTTP API is.</summary>
    /// <value>Default: <see cref="DefaultApiUrl"/>.</value>
    public string ApiUrl { get; set; } = DefaultApiUrl;

    /// <summary>Where the socket is.</summary>
    /// <value>Default: null, which is <see cref="ApiUrl"/> with <c>ws</c> or <c>wss</c> in place of <c>http</c> or <c>https</c>.</value>
    public string? SocketUrl { get; set; }

    /// <summary>
    /// Allows <c>http</c> and <c>ws</c> to a host that is not this machine. The access key then travels unencrypted:
    /// for a server on a trusted local network only.
    /// </summary>
    /// <value>Default: false.</value>
    public bool AllowUnencrypted { get; set; }

    /// <summary>Whether the socket opens by itself when the client is made.</summary>
    /// <value>Default: true.</value>
    public bool AutoConnect { get; set; } = true;

    /// <summary>What every wait of the client waits on, and what its tasks complete on: the thread pool, or virtual time in a test.</summary>
    /// <value>Default: the thread pool (<see cref="DefaultScheduler"/>).</value>
    /// <remarks>
    /// With a <see cref="GameLoop"/> the client's tasks end inside <see cref="GameLoop.Tick"/>, and what stands behind an await goes
    /// on there, on the game's thread. Nothing ends while the game does not tick: never block on a task, and go on ticking until
    /// <see cref="TaloClient.DisposeAsync"/> has ended.
    /// </remarks>
    public IScheduler? Scheduler { get; set; }

    /// <summary>The handler under the client's <see cref="HttpClient"/>. It may be shared by several clients and is not disposed.</summary>
    /// <remarks>
    /// Whether it follows redirects, to another host too, and whether it asks for compressed answers is its own affair: set its
    /// <see cref="HttpClientHandler.AllowAutoRedirect"/> to false. The client's own follows none, since calls carry credentials.
    /// </remarks>
    /// <value>Default: null, a handler of the client's own.</value>
    public HttpMessageHandler? HttpMessageHandler { get; set; }

    /// <summary>Replaces <see cref="HttpClient"/> altogether: a script in a test, or a platform's own HTTP. Not disposed by the client.</summary>
    /// <value>Default: null.</value>
    public IHttpTransport? HttpTransport { get; set; }

    /// <summary>The WebSocket engine. Not disposed by the client.</summary>
    /// <value>Default: null, which is a <see cref="WebsocketClientTransport"/>.</value>
    public ITransport? Transport { get; set; }

    /// <summary>How long to wait between tries to connect.</summary>
    public ReconnectOptions Reconnect { get; set; } = new();

    /// <summary>How fast frames may be sent.</summary>
    public PacingOptions Pacing { get; set; } = new();

    /// <summary>How a dead link is noticed.</summary>
    public HeartbeatOptions Heartbeat { get; set; } = new();

    /// <summary>How long each step may take.</summary>
    public TimeoutOptions Timeouts { get; set; } = new();

    /// <summary>How many frames wait for the connection, and what happens to one too many.</summary>
    public OutboxOptions Outbox { get; set; } = new();

    /// <summary>How players with a Talo account stay signed in.</summary>
    public PlayerAuthOptions PlayerAuth { get; set; } = new();

    /// <summary>How many HTTP calls the client makes by itself.</summary>
    public BackgroundCallOptions BackgroundCalls { get; set; } = new();

    /// <summary>
    /// How long changes of the current player's props gather before they are saved in one request; each further change starts the
    /// time again, up to five times of it in all.
    /// </summary>
    /// <value>Default: 1 s. From 0 to 1 h.</value>
    public TimeSpan PropsDebounce { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What the client does by itself about the player's membership of channels.</summary>
    public ChannelMembershipOptions ChannelMembership { get; set; } = new();

    /// <summary>The largest inbound frame that is accepted, in bytes. A larger one ends the link (close code 1009) and is reported on <c>Faults</c>.</summary>
    /// <value>Default: 16 MiB. From 1 KiB to 100 MiB, the server's own limit.</value>
    public int MaxFrameBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The largest HTTP answer that is read, in bytes.</summary>
    /// <value>Default: 16 MiB. At least 1 KiB.</value>
    public int MaxReplyBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The verification key of the game, when its request verification is on: frames and calls are then signed.</summary>
    /// <value>Default: null, nothing is signed.</value>
    public VerificationKey? VerificationKey { get; set; }

    /// <summary>The clock that signatures are made with. Its error is measured against the server and corrected.</summary>
    /// <value>Default: null, the clock of this machine.</value>
    public Func<DateTimeOffset>? SigningClock { get; set; }

    /// <summary>Marks players created by this client as development players (header <c>x-talo-dev-build</c>).</summary>
    /// <value>Default: false.</value>
    public bool DevBuild { get; set; }

    /// <summary>Includes development players in counts, lists and searches (header <c>x-talo-include-dev-data</c>).</summary>
    /// <value>Default: false.</value>
    public bool IncludeDevData { get; set; }

    /// <summary>The source of chance for jitter, from 0 (inclusive) to 1 (exclusive). Called from any thread, one call at a time.</summary>
    /// <value>Default: null, a <see cref="System.Random"/> of the client's own.</value>
    public Func<double>? Random { get; set; }
}
