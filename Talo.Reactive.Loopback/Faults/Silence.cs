using System.Threading.Tasks;

namespace Talo.Reactive.Loopback.Faults;

/// <summary>A half-open server: the sockets stay, nothing is read or answered until it is over.</summary>
internal sealed class Silence(FaultTarget target)
{
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FaultTarget Target { get; } = target;

    public Task Over => over.Task;

    public void End() => over.TrySetResult();
}
