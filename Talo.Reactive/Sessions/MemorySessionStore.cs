using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive;

/// <summary>Keeps a session as long as the object lives. Thread-safe. The default, and useful in tests.</summary>
public sealed class MemorySessionStore : ISessionStore
{
    private PlayerSession? session;

    /// <inheritdoc/>
    public Task<PlayerSession?> LoadAsync(CancellationToken cancellationToken) => Task.FromResult(Volatile.Read(ref session));

    /// <inheritdoc/>
    public Task SaveAsync(PlayerSession session, CancellationToken cancellationToken)
    {
        Volatile.Write(ref this.session, session);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task ClearAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref session, null);
        return Task.CompletedTask;
    }
}
