using System;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Threading.Tasks;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;
using Talo.Reactive.Inbound;
using Talo.Reactive.Outbound;
using Talo.Reactive.Players;
using Talo.Reactive.Sessions;
using Talo.Reactive.Transport;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>A game's client of Talo: the socket as streams, and the calls around it. One for each player that plays.</summary>
/// <remarks>Thread-safe. Holds no thread of its own. Dispose it when the game ends.</remarks>
public sealed class TaloClient : IDisposable, IAsyncDisposable
{
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    private readonly Lifetime lifetime = new();
    private readonly Turns turns;
    private readonly PendingCalls calls = new();
    private readonly EventStreams streams;
    private readonly TaloConnection connection;
    private readonly PlayerIdentity identity;
    private readonly PlayerProps props;
    private readonly OnlineState online;
    private readonly IDisposable? ownHttp;

    /// <summary>Makes a client of the hosted Talo. It connects by itself.</summary>
    /// <param name="accessKey">The game's access key, from the Talo dashboard.</param>
    /// <exception cref="ArgumentException">The key is blank.</exception>
    public TaloClient(string accessKey)
        : this(new TaloClientOptions { AccessKey = accessKey })
    {
    }

    /// <summary>Makes a client.</summary>
    /// <param name="options">Checked and copied now.</param>
    /// <exception cref="ArgumentException">An option is not what it has to be; the text says what to do.</exception>
    public TaloClient(TaloClientOptions options)
    {
        var settings = new Settings(options);
        var redactor = new Redactor();
        redactor.Add(settings.AccessKey, pinned: true);
        redactor.Add(settings.VerificationKey?.Value, pinned: true);

        turns = new Turns(settings.Scheduler, error => Report(error));
        var faults = new FaultStream(turns, redactor);
        var traffic = new TrafficStream(turns, redactor, faults);
        streams = new EventStreams(turns, redactor, faults, traffic, ConnectionTransition.Start(turns.Now));

        var transport = options.HttpTransport ?? new HttpClientTransport(options.HttpMessageHandler, settings.MaxReplyBytes);
        ownHttp = options.HttpTransport is null ? transport as IDisposable : null;
        var http = new TaloHttp(settings, transport, traffic, redactor, new ServerClock(options.SigningClock ?? MachineClock.Now));
        var api = new ApiCalls(turns, calls);
        var tickets = new SocketTickets(http);
        var tokens = new SocketTokens(http);

        var sessions = new PlayerSessions(turns, http, new SessionStorage(settings.PlayerAuth.SessionStore!, turns, faults));
        var sender = new Sender(settings, turns, traffic, faults, http.Clock);
        sender.Echoes.MeasureClock = http.MeasureClock;
        var outgoing = new Outgoing(turns, calls, sender, redactor);
        connection = new TaloConnection(
            settings, turns, calls, new Connector(settings, options.Transport ?? new WebsocketClientTransport(), tickets), sender, tokens, sessions, redactor, streams);

        Socket = new TaloSocket(connection, outgoing, streams, lifetime);
        SocketTickets = new TaloSocketTickets(tickets, api, lifetime);
        identity = new PlayerIdentity(connection, sessions, turns, new PlayerEvents(turns, faults));
        props = new PlayerProps(settings, turns, calls, http, connection, identity.Events, faults);
        Players = new TaloPlayers(http, api, tokens, connection, identity, props, lifetime);
        PlayerAuth = new TaloPlayerAuth(settings, http, api, connection, sessions, identity, turns, lifetime);
        online = new OnlineState(streams, turns);
        http.Ended = online.Called;
        Online = new StreamFace<bool>(online.Values);
        HealthCheck = new TaloHealthCheck(http, api, lifetime);
        var snapshots = new Snapshots(settings, turns, streams.States);
        LiveConfig = new TaloLiveConfig(http, api, snapshots, streams, turns, lifetime);
        PlayerRelationships = new TaloPlayerRelationships(http, api, connection, outgoing, streams, turns, lifetime);
        PlayerPresence = new TaloPlayerPresence(http, api, connection, snapshots, streams, turns, lifetime);
        Channels = new TaloChannels(settings, turns, http, api, connection, outgoing, streams, lifetime)
        {
            IsOfflineByChoice = () => PlayerPresence.IsOfflineByChoice,
        };

        // On the scheduler, so that what the game subscribes to next misses nothing.
        if (settings.AutoConnect) settings.Scheduler.Schedule(connection.Start);
        if (settings.PlayerAuth.RestoreSession) settings.Scheduler.Schedule(PlayerAuth.Start);
    }

    /// <summary>The socket.</summary>
    public TaloSocket Socket { get; }

    /// <summary>Tickets for a socket of the game's own.</summary>
    public TaloSocketTickets SocketTickets { get; }

    /// <summary>Who plays.</summary>
    public TaloPlayers Players { get; }

    /// <summary>Accounts of players: signing in with a password.</summary>
    public TaloPlayerAuth PlayerAuth { get; }

    /// <summary>Groups of players that talk.</summary>
    public TaloChannels Channels { get; }

    /// <summary>What the dashboard says about the game, and changes while it runs.</summary>
    public TaloLiveConfig LiveConfig { get; }

    /// <summary>Who follows whom, and what is said to all followers.</summary>
    public TaloPlayerRelationships PlayerRelationships { get; }

    /// <summary>Who is online, and what players say of it.</summary>
    public TaloPlayerPresence PlayerPresence { get; }

    /// <summary>Asks whether Talo answers.</summary>
    public TaloHealthCheck HealthCheck { get; }

    /// <summary>
    /// Whether Talo was last seen to answer, from what the socket and the calls meet anyway: nothing is sent for it. An observer
    /// hears the current value first, then each change. Hot; on the thread that saw it; completes when the client is disposed,
    /// and never calls OnError.
    /// </summary>
    /// <remarks>
    /// <para>False until something has answered. True from an answer to any HTTP call on, a refusal included, and from
    /// <c>v1.connected</c> on.</para>
    /// <para>False again when a link is lost or found dead, when the socket cannot be dialled, and, while no socket is connected,
    /// when a call gets no answer (none within <see cref="TimeoutOptions.Http"/>, or 502, 503, 504 from a gateway). A close by the
    /// game or by the server changes nothing. With the socket off, it is as old as the last call:
    /// <see cref="TaloHealthCheck.PingAsync"/> makes it new.</para>
    /// </remarks>
    public IObservable<bool> Online { get; }

    /// <summary><see cref="Online"/> as of now, from any thread.</summary>
    public bool IsOnline => online.Value;

    /// <summary>Who the game plays as; null while nobody is known.</summary>
    public PlayerAlias? CurrentAlias => connection.Player;

    /// <summary>The player of <see cref="CurrentAlias"/>.</summary>
    public Player? CurrentPlayer => CurrentAlias?.Player;

    /// <summary>Whether a player is known.</summary>
    public bool HasIdentity => CurrentAlias is not null;

    /// <summary>Throws unless a player is known.</summary>
    /// <exception cref="TaloException">Nobody is: <see cref="TaloPlayers.IdentifyAsync"/> comes first.</exception>
    public void IdentityCheck() => connection.RequirePlayer("This");

    /// <summary>
    /// Ends everything at once: the link is dropped, streams complete, pending tasks fail with
    /// <see cref="ObjectDisposedException"/>. Waits neither for a handler nor for the network, and may be called inside a handler:
    /// no OnNext starts after it returns. What a game's own <c>ObserveOn</c> has queued is the game's.
    /// </summary>
    public void Dispose()
    {
        if (!lifetime.TryEnd()) return;
        calls.End(Lifetime.Ended());
        props.Dispose();
        connection.Dispose();
        Channels.Stop();
        turns.Deliveries.Close(Complete);
        calls.FailAll();
        ownHttp?.Dispose();
    }

    /// <summary>
    /// As <see cref="Dispose"/>, after saying goodbye: saves the player's props, closes with 1000 and waits for the answers, up to
    /// 2 s in all.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (!lifetime.IsOver)
        {
            try
            {
                using var bound = turns.Scheduler.Schedule(LongestGoodbye, Dispose);
                await props.GoodbyeAsync().ConfigureAwait(false);
                await connection.CloseAsync(1000, "", default).ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                // Somebody else was quicker, or the answer too slow.
            }
        }

        Dispose();
    }

    /// <summary>The last thing that observers hear; faults last of all.</summary>
    private void Complete()
    {
        identity.Events.Complete();
        Channels.Complete();
        streams.Complete();
    }

    private void Report(Exception error) =>
        streams.Faults.Report(TaloFaultKind.ExtensionThrew, $"Something given in the options threw {error.GetType().Name}: {error.Message}", null, error);
}
