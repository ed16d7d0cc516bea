using System;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Talo.Reactive.Benchmarks.Sending;

namespace Talo.Reactive.Benchmarks.Receivers;

/// <summary>
/// The SignalR client with the JSON protocol and a typed handler. Its messages are serialised beforehand too, and written by the
/// same sender, so that no hub server is in the way.
/// </summary>
internal sealed class SignalRReceiver : IReceiver
{
    private HubConnection? connection;
    private TaskCompletionSource run = new();
    private int left;

    public async Task ConnectAsync(SenderProcess sender)
    {
        connection = new HubConnectionBuilder()
            .WithUrl(sender.Hub, static options =>
            {
                options.SkipNegotiation = true;
                options.Transports = HttpTransportType.WebSockets;
            })
            .Build();
        // The sender is silent while the others have their turn.
        connection.ServerTimeout = TimeSpan.FromMinutes(30);
        connection.On<GameMessage>("message", message =>
        {
            if (message.Message.Length > 0 && --left == 0) run.SetResult();
        });
        connection.Closed += error =>
        {
            run.TrySetException(error ?? new InvalidOperationException("The hub closed."));
            return Task.CompletedTask;
        };
        await connection.StartAsync();
    }

    public async Task ReceiveAsync(string workload, int count)
    {
        left = count;
        run = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await connection!.SendAsync("start", workload, count);
        await run.Task;
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null) await connection.DisposeAsync();
    }
}
