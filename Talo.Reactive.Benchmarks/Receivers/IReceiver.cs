using System;
using System.Threading.Tasks;
using Talo.Reactive.Benchmarks.Sending;

namespace Talo.Reactive.Benchmarks.Receivers;

/// <summary>One way to receive: connected once, then run again and again in turn with the others.</summary>
internal interface IReceiver : IAsyncDisposable
{
    Task ConnectAsync(SenderProcess sender);

    /// <summary>Asks for so many frames of a workload; completes when the last of them was handled, and fails if one was missed.</summary>
    Task ReceiveAsync(string workload, int count);
}
