using System;
using System.Reactive;
using System.Reactive.Linq;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;
using Talo.Reactive.Inbound;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>
/// The live config: what the dashboard says about the game, and changes while it runs. Needs no player; scope
/// <c>read:gameConfig</c>.
/// </summary>
public sealed class TaloLiveConfig
{
    private static readonly TaloRequest Request = new("GET", "/v1/game-config");

    private readonly TaloHttp http;
    private readonly ApiCalls calls;
    private readonly Lifetime lifetime;
    private readonly LiveConfigMemory memory;

    internal TaloLiveConfig(TaloHttp http, ApiCalls calls, Snapshots snapshots, EventStreams streams, Turns turns, Lifetime lifetime)
    {
        this.http = http;
        this.calls = calls;
        this.lifetime = lifetime;
        memory = new LiveConfigMemory(streams.LiveConfigUpdated, turns);
        Updates = new StreamFace<LiveConfigUpdated>(streams.LiveConfigUpdated);
        Current = new SharedQuery<Unit, LiveConfig>(
            static _ => "LiveConfig.Current",
            _ => snapshots
                .Follow(
                    Load(isBackground: true),
                    streams.LiveConfigUpdated.Select(static x => new LiveConfig { Props = x.Config }),
                    static state => state.IsConnected)
                .DistinctUntilChanged(),
            turns,
            streams.Faults).Of(Unit.Default);
    }

    /// <summary>
    /// The config each time it is saved in the dashboard, complete. Hot, shared, decoded once for all observers, on the socket's
    /// thread; completes when the client is disposed, and never calls OnError. The socket has to be connected; a player need not
    /// be identified. Talo Socket: <c>v1.live-config.updated</c>.
    /// </summary>
    public IObservable<LiveConfigUpdated> Updates { get; }

    /// <summary>
    /// The config as it is now and as it becomes, each different one once. Cold and shared: the first observer asks the server,
    /// every save then follows by the socket, and after a reconnect the server is asked again, since saves between were not
    /// heard. A later observer hears the last config first; the last one that leaves releases it.
    /// </summary>
    /// <remarks>
    /// OnError with a <see cref="TaloException"/> when the server refuses for good, as without the scope; what may pass is tried
    /// again with growing waits. Completes when the client is disposed. <c>GET /v1/game-config</c>, behind the game's own calls.
    /// </remarks>
    public IObservable<LiveConfig> Current { get; }

    /// <summary>
    /// The last config that is known, from any thread; empty until <see cref="GetAsync"/> has answered or <see cref="Current"/>
    /// has told one. From then on it follows the saves that the socket tells of; those made while the socket was not connected
    /// are missed unless <see cref="Current"/> is observed or <see cref="GetAsync"/> called again.
    /// </summary>
    public LiveConfig Value => memory.Value;

    /// <summary>Whether <see cref="Value"/> has come from the server.</summary>
    public bool IsLoaded => memory.IsLoaded;

    /// <summary>
    /// Asks for the config, and keeps it as <see cref="Value"/>. The server may answer from a cache that is up to 10 minutes old
    /// but for saves. Scope <c>read:gameConfig</c>. <c>GET /v1/game-config</c>.
    /// </summary>
    /// <exception cref="TaloException">The server refused, or could not be reached. The value of before stays.</exception>
    public Task<LiveConfig> GetAsync(CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return calls.Run(Load(isBackground: false), cancellationToken);
    }

    /// <summary>Reads <see cref="Value"/>: as <see cref="LiveConfig.Get{T}"/>.</summary>
    /// <inheritdoc cref="LiveConfig.Get{T}"/>
    public T Get<T>(string key, T fallback) => Value.Get(key, fallback);

    private IObservable<LiveConfig> Load(bool isBackground) => Observable.Defer(() =>
    {
        var heard = memory.Listen();
        return http.Send(Request with { IsBackground = isBackground }, LiveConfigJson.Read).Do(answer => memory.Load(answer, heard));
    });
}
