using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Loopback.Http;
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
    private ImmutableList<Lag> lags = [];

    internal LoopbackFaults(World world) => this.world = world;

    internal IReadOnlyList<ReceivedFrame> Received => [.. received];

    /// <summary>Resets the TCP connection of every socket, without a close frame: clients see 1006. Returns how many there were.</summary>
    public int DropAll() => Drop(FaultTarget.All);

    /// <summary>Resets the TCP connection of some sockets, as <see cref="DropAll"/> does. Returns how many there were.</summary>
    public int Drop(FaultTarget target)
    {
        var meant = open.Keys.Where(target.Concerns).ToList();
        meant.ForEach(connection => connection.Abort());
        return meant.Count;
    }

    /// <summary>Closes every socket with a close frame. Returns how many there were.</summary>
    public int CloseAll(int code, string reason = "") => Close(FaultTarget.All, code, reason);

    /// <summary>Closes some sockets with a close frame. Returns how many there were.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> cannot be sent in a close frame.</exception>
    public int Close(FaultTarget target, int code, string reason = "")
    {
        if (code is < 1000 or > 4999 or 1004 or 1005 or 1006 or 1015)
        {
            throw new ArgumentOutOfRangeException(
                nameof(code), code, "A close frame carries 1000 to 4999 except 1004, 1005, 1006 and 1015; use Drop for a loss without one.");
        }
        using var change = world.Begin();
        var closed = open.Keys.Where(connection => !connection.IsClosing && target.Concerns(connection)).ToList();
        closed.ForEach(connection => connection.Close(code, reason));
        return closed.Count;
    }

    /// <summary>
    /// Leaves sockets half-open: they stay connected, but nothing is read from them and nothing is sent. Where all are meant,
    /// those that connect from now on never get <c>v1.connected</c>. What was held back is read and sent when the fault ends.
    /// </summary>
    public IDisposable StopAnswering(FaultTarget target = default)
    {
        var silence = new Silence(target);
        ImmutableInterlocked.Update(ref silences, list => list.Add(silence));
        return new Lift(() =>
        {
            ImmutableInterlocked.Update(ref silences, list => list.Remove(silence));
            silence.End();
        });
    }

    /// <summary>
    /// Lets every frame, ping and close to the client arrive <paramref name="delay"/> after it was sent, and up to
    /// <paramref name="jitter"/> later still, in time of the server's clock. Frames keep their order. What the client sends is
    /// not held back: the delay is that of a whole round trip.
    /// </summary>
    /// <param name="delay">At least this much.</param>
    /// <param name="jitter">Drawn for each frame, evenly from zero to this. Default none.</param>
    /// <param name="target">Default all sockets.</param>
    /// <param name="seed">Makes the jitter the same in every run. Default random.</param>
    public IDisposable DelayFrames(TimeSpan delay, TimeSpan jitter = default, FaultTarget target = default, int? seed = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(jitter, TimeSpan.Zero);
        var lag = new Lag(target, delay, jitter, seed is { } value ? new Random(value) : new Random());
        ImmutableInterlocked.Update(ref lags, list => list.Add(lag));
        return new Lift(() =>
        {
            ImmutableInterlocked.Update(ref lags, list => list.Remove(lag));
            lag.End();
        });
    }

    /// <summary>Cuts the next message to each socket that is meant in the middle: it is not JSON any more.</summary>
    public void GarbleNextFrame(FaultTarget target = default)
    {
        using var change = world.Begin();
        foreach (var connection in open.Keys.Where(target.Concerns))
            connection.GarbleNext = true;
    }

    /// <summary>
    /// Answers HTTP calls whose path starts with <paramref name="pathPrefix"/> with <paramref name="status"/>, before any check.
    /// The socket's own path is <c>/</c>: a prefix that covers it refuses handshakes as well.
    /// </summary>
    /// <param name="pathPrefix">As <c>/v1/players/identify</c>.</param>
    /// <param name="status">Of the answer, as 429, 500 or 503.</param>
    /// <param name="body">Null, the default, for what Talo answers with that status. One that looks like JSON is labelled so.</param>
    /// <param name="retryAfter">The <c>Retry-After</c> header. Default 60 s for 429, as Talo's, and none for others.</param>
    /// <param name="method">Only calls with this method. Default all.</param>
    public IDisposable RefuseHttp(
        string pathPrefix, int status, string? body = null, TimeSpan? retryAfter = null, string? method = null) =>
        Add(new HttpFault(pathPrefix, method)
        {
            Status = status,
            Body = body ?? ApiReply.OfStatus(status),
            RetryAfter = retryAfter ?? (status == 429 ? HttpRateLimit.RetryAfter : null),
        });

    /// <summary>
    /// Holds HTTP calls whose path starts with <paramref name="pathPrefix"/> back for <paramref name="delay"/> and up to
    /// <paramref name="jitter"/> more, in time of the server's clock.
    /// </summary>
    public IDisposable DelayHttp(string pathPrefix, TimeSpan delay, TimeSpan jitter = default, string? method = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(jitter, TimeSpan.Zero);
        return Add(new HttpFault(pathPrefix, method) { Delay = delay, Jitter = jitter });
    }

    /// <summary>Ends every fault that lasts.</summary>
    public void Clear()
    {
        ImmutableInterlocked.Update(ref httpFaults, list => list.Clear());
        foreach (var silence in Interlocked.Exchange(ref silences, []))
            silence.End();
        foreach (var lag in Interlocked.Exchange(ref lags, []))
            lag.End();
    }

    /// <summary>How long a call has to wait now.</summary>
    internal TimeSpan DelayOf(string method, string path) =>
        httpFaults.Where(fault => fault.Concerns(method, path)).Aggregate(
            TimeSpan.Zero, (sum, fault) => sum + fault.Delay + fault.Jitter * Random.Shared.NextDouble());

    /// <summary>The refusal of a call, the one that was asked for last.</summary>
    internal HttpFault? RefusalOf(string method, string path) =>
        httpFaults.FindLast(fault => fault.Status is not null && fault.Concerns(method, path));

    internal bool IsStalled(Connection connection) => silences.Exists(silence => silence.Target.Concerns(connection));

    internal bool Hinders(Connection connection) =>
        IsStalled(connection) || lags.Exists(lag => lag.Target.Concerns(connection));

    /// <summary>Completes when a frame may go to this connection.</summary>
    internal async Task PassAsync(Connection connection, DateTimeOffset queuedAt)
    {
        await AnsweringAsync(connection).ConfigureAwait(false);
        foreach (var lag in lags.Where(lag => lag.Target.Concerns(connection)))
            await lag.PassAsync(queuedAt, world.Options.Clock, connection.Aborted).ConfigureAwait(false);
    }

    /// <summary>Completes while the server answers this connection.</summary>
    internal async Task AnsweringAsync(Connection connection)
    {
        while (silences.Find(silence => silence.Target.Concerns(connection)) is { } silence)
            await silence.Over.WaitAsync(connection.Aborted).ConfigureAwait(false);
    }

    internal void Track(Connection connection) => open.TryAdd(connection, true);

    internal void Untrack(Connection connection) => open.TryRemove(connection, out _);

    internal void Record(Connection connection, ReadOnlyMemory<byte> frame)
    {
        if (world.Options.RecordFrames)
            received.Enqueue(new(connection.Id, connection.Alias?.Id, Encoding.UTF8.GetString(frame.Span)));
    }

    private Lift Add(HttpFault fault)
    {
        ImmutableInterlocked.Update(ref httpFaults, list => list.Add(fault));
        return new Lift(() => ImmutableInterlocked.Update(ref httpFaults, list => list.Remove(fault)));
    }
}
