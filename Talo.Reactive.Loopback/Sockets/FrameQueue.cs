using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Talo.Reactive.Loopback.Faults;

namespace Talo.Reactive.Loopback.Sockets;

/// <summary>
/// What waits to be written to one client. Queueing never waits; a client that does not read fills its own queue until
/// <see cref="TryAdd"/> refuses, and nobody else notices.
/// </summary>
internal sealed class FrameQueue(long maxBytes, TimeProvider clock)
{
    private readonly Channel<Entry> entries = Channel.CreateUnbounded<Entry>(new() { SingleReader = true });
    private long queuedBytes;

    /// <summary>False when the queue is over its bound. A single frame of any size fits into an empty queue.</summary>
    public bool TryAdd(OutboundFrame frame)
    {
        var before = Interlocked.Read(ref queuedBytes);
        if (before > 0 && before + frame.Bytes.Length > maxBytes)
            return false;
        Interlocked.Add(ref queuedBytes, frame.Bytes.Length);
        entries.Writer.TryWrite(new(frame, null, clock.GetUtcNow()));
        return true;
    }

    /// <summary>Completes when everything queued so far is written or dropped.</summary>
    public Task DrainedAsync()
    {
        if (Interlocked.Read(ref queuedBytes) == 0)
            return Task.CompletedTask;
        var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return entries.Writer.TryWrite(new(null, drained, default)) ? drained.Task : Task.CompletedTask;
    }

    public void Complete() => entries.Writer.TryComplete();

    /// <summary>Writes in order until completed; small frames that wait together go out together, while the gate is open.</summary>
    public async Task WriteToAsync(Stream stream, FrameGate gate, CancellationToken cancellation)
    {
        try
        {
            var drained = new List<TaskCompletionSource>();
            var batch = new MemoryStream();
            while (await entries.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
            {
                while (batch.Length < 16 * 1024 && entries.Reader.TryPeek(out var entry))
                {
                    if (entry.Frame is { } frame && !gate.IsOpen)
                    {
                        if (batch.Length > 0)
                            break;
                        await gate.PassAsync(entry.QueuedAt).ConfigureAwait(false);
                        batch.Write(frame.Bytes.Span);
                        entries.Reader.TryRead(out _);
                        break;
                    }
                    entries.Reader.TryRead(out _);
                    if (entry.Frame is not null)
                        batch.Write(entry.Frame.Bytes.Span);
                    if (entry.Drained is { } waiter)
                        drained.Add(waiter);
                }
                await stream.WriteAsync(batch.GetBuffer().AsMemory(0, (int)batch.Length), cancellation).ConfigureAwait(false);
                Interlocked.Add(ref queuedBytes, -batch.Length);
                batch = batch.Capacity > 1024 * 1024 ? new() : Emptied(batch);
                drained.ForEach(waiter => waiter.TrySetResult());
                drained.Clear();
            }
        }
        finally
        {
            entries.Writer.TryComplete();
            while (entries.Reader.TryRead(out var entry))
                entry.Drained?.TrySetResult();
        }
    }

    private static MemoryStream Emptied(MemoryStream batch)
    {
        batch.SetLength(0);
        return batch;
    }

    private readonly record struct Entry(OutboundFrame? Frame, TaskCompletionSource? Drained, DateTimeOffset QueuedAt);
}
