using System.Reactive.Linq;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;

namespace Talo.Reactive;

/// <summary>Asks whether Talo answers. <see cref="TaloClient.Online"/> tells it without asking.</summary>
public sealed class TaloHealthCheck
{
    private readonly TaloHttp http;
    private readonly ApiCalls calls;
    private readonly Lifetime lifetime;

    internal TaloHealthCheck(TaloHttp http, ApiCalls calls, Lifetime lifetime)
    {
        this.http = http;
        this.calls = calls;
        this.lifetime = lifetime;
    }

    /// <summary>
    /// Asks once. Needs an access key, no scope and no player, and counts toward no rate limit.
    /// <c>GET /v1/health-check</c>.
    /// </summary>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>True: it answered. False: no answer within <see cref="TimeoutOptions.Http"/>, or one that says it has a problem.</returns>
    /// <exception cref="TaloException">It answered, and refused: the access key is wrong or revoked.</exception>
    public Task<bool> PingAsync(CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return calls.Run(
            http.Send(new TaloRequest("GET", "/v1/health-check"))
                .Select(static _ => true)
                .Catch((TaloException error) => error.IsTransient ? Observable.Return(false) : Observable.Throw<bool>(error)),
            cancellationToken);
    }
}
