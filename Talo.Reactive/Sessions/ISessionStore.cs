using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive;

/// <summary>Keeps the session of the signed-in player, so that the next start of the game need not ask for a password.</summary>
/// <remarks>
/// Called one call at a time. What it throws is reported on <c>Faults</c>, and the client goes on without: a session that could not
/// be read counts as none. A store must not give up what it holds before it has the new session whole: its refresh token is the
/// only one that still works.
/// </remarks>
public interface ISessionStore
{
    /// <summary>The session that is kept; null when there is none.</summary>
    Task<PlayerSession?> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Keeps this session in place of the one before. The client uses it only once this has completed.</summary>
    Task SaveAsync(PlayerSession session, CancellationToken cancellationToken);

    /// <summary>Forgets the session.</summary>
    Task ClearAsync(CancellationToken cancellationToken);
}
