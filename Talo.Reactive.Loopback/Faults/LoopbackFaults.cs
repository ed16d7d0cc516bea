using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Talo.Reactive.Loopback.Sockets;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Faults;

/// <summary>
/// What can go wrong with a server, on demand. All members may be called from any thread. A fault that lasts ends when the
/// object that it returned is disposed, or with <see cref="Clear"/>.
/// </summary>
public sealed class LoopbackFaults
{
    private readonly World world;
    private readonly ConcurrentDictionary<Connection, bool> open = new();
    private readonly ConcurrentQueue<ReceivedFrame> received = new();
    private ImmutableList<HttpFault> httpFaults = [];
    private ImmutableList<Silence> silences = [];

    internal LoopbackFaults(World world) => this.world = world;

    internal IReadOnlyList<ReceivedFrame> Received => [.. received];

    /// <summary>Resets the TCP connection of every socket, without a close frame: clients see 1006. Returns how many there were.</summary>
    public int DropAll() => Abort(static _ => true);

    /// <summary>Resets the sockets of one alias, as <see cref="DropAll"/> does. Returns how many there were.</summary>
    public int Drop(int aliasId) => Abort(connection => connection.Alias?.Id == aliasId);

    /// <summary>Closes every socket with a close frame. Returns how many there were.</summary>
    public int CloseAll(int code, string reason = "")
    {
        using var change = world.Begin();
        var closed = open.Keys.Where(connection => !connection.IsClosing).ToList();
        closed.ForEach(connection => connection.Close(code, reason));
        return closed.Count;
    }

    /// <summary>
    /// Leaves the sockets of an alias half-open: they stay connected, but nothing is read from them and nothing is sent. Without
    /// an alias this is so for all sockets, and those that connect from now on never get <c>v1.connected</c>. What was held back
    /// is read and sent when the fault ends.
    /// </summary>
    public IDisposable StopAnswering(int? aliasId = null)
    {
        var silence = new Silence(aliasId);
        ImmutableInterlocked.Update(ref silences, list => list.Add(silence));
        return new Lift(() =>
        {
            ImmutableInterlocked.Update(ref silences, list => list.Remove(silence));
            silence.End();
        });
    }

    /// <summary>Cuts the next message to each socket, or to those of one alias, in the middle: it is not JSON any more.</summary>
    public void GarbleNextFrame(int? aliasId = null)
    {
        using var change = world.Begin();
        foreach (var connection in open.Keys)
        {
            if (aliasId is null || connection.Alias?.Id == aliasId)
                connection.GarbleNext = true;
        }
    }

    /// <summary>
    /// Answers HTTP calls whose path starts with <paramref name="pathPrefix"/> with <paramref name="status"/> and
    /// <paramref name="body"/>, before any check. A body that looks like JSON is labelled so. The socket's own path is <c>/</c>:
    /// a prefix that covers it refuses handshakes as well.
    /// </summary>
    public IDisposable RefuseHttp(string pathPrefix, int status, string? body = null, TimeSpan? retryAfter = null) =>
        Add(new HttpFault(pathPrefix, TimeSpan.Zero, status, body, retryAfter));

    /// <summary>Holds HTTP calls whose path starts with <paramref name="pathPrefix"/> back, in time of the server's clock.</summary>
    public IDisposable DelayHttp(string pathPrefix, TimeSpan delay) =>
        Add(new HttpFault(pathPrefix, delay, Status: null, Body: null, RetryAfter: null));

    /// <summary>Ends every fault that lasts.</summary>
    public void Clear()
    {
        ImmutableInterlocked.Update(ref httpFaults, list => list.Clear());
        foreach (var silence in System.Threading.Interlocked.Exchange(ref silences, []))
            silence.End();
    }

    internal HttpFault? Of(string path) => httpFaults.FindLast(fault => fault.Concerns(path));

    internal bool IsStalled(Connection connection) => silences.Exists(silence => silence.Concerns(connection));

    /// <summary>Completes while the server answers this connection.</summary>
    internal async Task AnsweringAsync(Connection connection)
    {
        while (silences.Find(silence => silence.Concerns(connection)) is { } silence)
            await silence.Over.WaitAsync(connection.Aborted).ConfigureAwait(false);
    }

    internal void Track(Connection connection) => open.TryAdd(connection, true);

    internal void Untrack(Connection connection) => open.TryRemove(connection, out _);

    internal void Record(Connection connection, ReadOnlyMemory<byte> frame)
    {
        if (world.Options.RecordFrames)
            received.Enqueue(new(connection.Id, connection.Alias?.Id, Encoding.UTF8.GetString(frame.Span)));
    }

    private int Abort(Func<Connection, bool> isMeant)
    {
        var meant = open.Keys.Where(isMeant).ToList();
        meant.ForEach(connection => connection.Abort());
        return meant.Count;
    }

    private Lift Add(HttpFault fault)
    {
        ImmutableInterlocked.Update(ref httpFaults, list => list.Add(fault));
        return new Lift(() => ImmutableInterlocked.Update(ref httpFaults, list => list.Remove(fault)));
    }
}
