using System.Threading.Tasks;
using Talo.Reactive.Loopback.Sockets;

namespace Talo.Reactive.Loopback.Faults;

/// <summary>A half-open server: the sockets stay, nothing is read or answered until it is over.</summary>
internal sealed class Silence(int? aliasId)
{
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Over => over.Task;

    public bool Concerns(Connection connection) => aliasId is null || connection.Alias?.Id == aliasId;

    public void End() => over.TrySetResult();
}
