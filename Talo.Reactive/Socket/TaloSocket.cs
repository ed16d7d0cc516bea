using System;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Inbound;
using Talo.Reactive.Outbound;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <inheritdoc cref="ITaloSocket"/>
public sealed class TaloSocket : ITaloSocket
{
    private readonly TaloConnection connection;
    private readonly Outgoing outgoing;
    private readonly Lifetime lifetime;

    internal TaloSocket(TaloConnection connection, Outgoing outgoing, EventStreams streams, Lifetime lifetime)
    {
        this.connection = connection;
        this.outgoing = outgoing;
        this.lifetime = lifetime;
        Messages = Face(streams.Messages);
        Errors = Face(streams.Errors);
        Closures = Face(streams.Closures);
        States = Face(streams.States);
        Traffic = Face(streams.Traffic.Traffic);
        Faults = Face(streams.Faults.Faults);
    }

    /// <inheritdoc/>
    public IObservable<TaloMessage> Messages { get; }

    /// <inheritdoc/>
    public IObservable<TaloSocketError> Errors { get; }

    /// <inheritdoc/>
    public IObservable<Closure> Closures { get; }

    /// <inheritdoc/>
    public IObservable<ConnectionState> States { get; }

    /// <inheritdoc/>
    public IObservable<TaloTraffic> Traffic { get; }

    /// <inheritdoc/>
    public IObservable<TaloFault> Faults { get; }

    /// <inheritdoc/>
    public ConnectionState State => connection.State;

    /// <inheritdoc/>
    public bool IsIdentified => connection.State.Status is ConnectionStatus.Identified;

    /// <inheritdoc/>
    public Task OpenConnectionAsync(CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return connection.OpenAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task CloseConnectionAsync(int code = 1000, string reason = "", CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        if (code is not (1000 or (>= 3000 and <= 4999)))
            throw new ArgumentOutOfRangeException(nameof(code), code, "A game may close with 1000, or with 3000 to 4999.");
        if (reason is null) throw new ArgumentNullException(nameof(reason), "Give an empty reason instead of null.");
        if (Encoding.UTF8.GetByteCount(reason) > 123)
            throw new ArgumentException("A close reason has at most 123 bytes of UTF-8: shorten it.", nameof(reason));
        return connection.CloseAsync(code, reason, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ResetConnectionAsync(CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return connection.ResetAsync(cancellationToken);
    }

    /// <inheritdoc/>
    [RequiresUnreferencedCode(TaloJson.ForeignTypes)]
    [RequiresDynamicCode(TaloJson.ForeignTypes)]
    public void Send(string req, object? data = null, SendOptions? options = null)
    {
        lifetime.ThrowIfDisposed();
        outgoing.Send(Outgoing.Name(req), FrameWriter.Any(req, data), options);
    }

    /// <inheritdoc/>
    [RequiresUnreferencedCode(TaloJson.ForeignTypes)]
    [RequiresDynamicCode(TaloJson.ForeignTypes)]
    public Task SendAsync(string req, object? data = null, SendOptions? options = null, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return outgoing.SendAsync(Outgoing.Name(req), FrameWriter.Any(req, data), options, cancellationToken);
    }

    /// <inheritdoc/>
    public void SetSocketToken(string socketToken)
    {
        lifetime.ThrowIfDisposed();
        if (string.IsNullOrWhiteSpace(socketToken))
            throw new ArgumentException("Give the socket token that the server answered with.", nameof(socketToken));
        OutgoingText.RequireWhole(socketToken, nameof(socketToken));
        connection.SetToken(SecretLength.Require(socketToken, nameof(socketToken)));
    }

    /// <inheritdoc/>
    public Task WhenIdentifiedAsync(CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return connection.WhenIdentifiedAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Suspend()
    {
        lifetime.ThrowIfDisposed();
        connection.Suspend();
    }

    /// <inheritdoc/>
    public void Resume()
    {
        lifetime.ThrowIfDisposed();
        connection.Resume();
    }

    private static StreamFace<T> Face<T>(EventStream<T> stream) => new(stream);
}
