using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Talo.Reactive.Loopback.Faults;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Sockets;

/// <summary>Carries one WebSocket from its handshake to its end.</summary>
internal sealed class SocketEndpoint(World world, LoopbackFaults faults, RequestLog log)
{
    private static readonly OutboundFrame Connected = OutboundFrame.Message("v1.connected", static _ => { });

    private static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(500);

    private long lastId;

    public async Task RunAsync(HttpContext context, RequestTarget target)
    {
        if (await Handshake.AcceptAsync(context).ConfigureAwait(false) is not { } stream)
            return;
        // The feature rather than the context: this outlives the request when a fault is raised just as the client goes.
        var lifetime = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        using var connection = new Connection(Interlocked.Increment(ref lastId), world.Options, lifetime.Abort);
        log.Write($"socket {connection.Id} opened on {target.Path}");
        faults.Track(connection);
        var writing = WriteAsync(connection, stream);
        try
        {
            var admitting = AdmitAsync(connection, target.Query("ticket"));
            await ReadAsync(connection, stream).ConfigureAwait(false);
            await admitting.ConfigureAwait(false);
        }
        finally
        {
            Leave(connection);
            faults.Untrack(connection);
            connection.Outbox.Complete();
            await writing.ConfigureAwait(false);
            log.Write($"socket {connection.Id} ended");
        }
    }

    private async Task AdmitAsync(Connection connection, string? ticket)
    {
        try
        {
            await faults.AnsweringAsync(connection).ConfigureAwait(false);
            if (world.Options.CheckLatency > TimeSpan.Zero)
                await Task.Delay(world.Options.CheckLatency, connection.Aborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        using var change = world.Begin();
        if (world.Tickets.Redeem(ticket, change.Now) is not { } key)
        {
            connection.Close(3000, "");
        }
        else if (!connection.IsGone)
        {
            connection.Ready(key);
            world.Connections.Add(connection);
            change.Send(connection, Connected);
        }
    }

    private async Task ReadAsync(Connection connection, Stream stream)
    {
        var reader = new FrameReader(stream, world.Options.MaxFrameBytes);
        try
        {
            while (true)
            {
                var frame = await reader.ReadAsync(connection.Aborted).ConfigureAwait(false);
                await faults.AnsweringAsync(connection).ConfigureAwait(false);
                if (!Receive(connection, frame))
                    return;
                if (frame.CloseCode == 1002)
                {
                    // Where the next frame would begin cannot be told any more.
                    await DrainAsync(connection, reader).ConfigureAwait(false);
                    return;
                }
            }
        }
        catch (Exception failure) when (IsLoss(failure))
        {
        }
    }

    private static async Task DrainAsync(Connection connection, FrameReader reader)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(connection.Aborted);
        patience.CancelAfter(DrainTime);
        await reader.DrainAsync(patience.Token).ConfigureAwait(false);
    }

    /// <summary>False when this was the last frame.</summary>
    private bool Receive(Connection connection, InboundFrame frame)
    {
        var message = frame.Kind is InboundKind.Message ? SocketMessage.Read(frame.Payload, connection.VerifyRequests) : default;
        using var change = world.Begin();
        switch (frame.Kind)
        {
            case InboundKind.Message when connection is { IsReady: true, IsClosing: false }:
                faults.Record(connection, frame.Payload);
                SocketRouter.Route(change, connection, message);
                return true;
            case InboundKind.Ping:
                connection.Send(OutboundFrame.Pong(frame.Payload.Span));
                return true;
            case InboundKind.Pong:
                connection.IsAlive = true;
                connection.RateLimit.Forgive();
                return true;
            case InboundKind.Close:
                connection.Close(frame.CloseCode, System.Text.Encoding.UTF8.GetString(frame.Payload.Span));
                return false;
            case InboundKind.Violation:
                connection.Close(frame.CloseCode, "");
                return true;
            case InboundKind.End:
                connection.Abort();
                return false;
            default:
                return true;
        }
    }

    private async Task WriteAsync(Connection connection, Stream stream)
    {
        try
        {
            await connection.Outbox.WriteToAsync(stream, new FrameGate(faults, connection), connection.Aborted)
                .ConfigureAwait(false);
        }
        catch (Exception failure) when (IsLoss(failure))
        {
        }
    }

    private void Leave(Connection connection)
    {
        using var change = world.Begin();
        connection.Ended();
        var alias = connection.Alias;
        if (world.Connections.Remove(connection) && alias is { IsDeleted: false })
            PresenceUpdates.Apply(change, alias, online: false, customStatus: null);
    }

    private static bool IsLoss(Exception failure) =>
        failure is OperationCanceledException or IOException or ConnectionAbortedException or ObjectDisposedException;
}
