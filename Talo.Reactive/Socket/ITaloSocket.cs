using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>The Talo Socket as streams and calls. A game takes this type where it wants to fake the socket in its tests.</summary>
/// <remarks>
/// <para>All streams are hot: they begin with the client, are shared by all observers and replay nothing, but for
/// <see cref="States"/>. They never call OnError: a lost connection and a bad frame are values. They complete when the client is
/// disposed.</para>
/// <para>Observers are called one at a time, on the thread that reads the socket (or that caused a state), in wire order, and a
/// closure comes after the messages before it. The next frame is read when they have returned: a slow observer slows the
/// server down, and nothing is queued or dropped. <c>ObserveOn</c> moves them to another thread, such as the game's.</para>
/// </remarks>
public interface ITaloSocket
{
    /// <summary>Every message of the server, <c>{"res", "data"}</c>, errors and unknown names included. Raw: it is not redacted.</summary>
    IObservable<TaloMessage> Messages { get; }

    /// <summary>Every <c>v1.error</c>: what the server refused, and why. Secrets that it echoes are replaced by <c>***</c>.</summary>
    IObservable<TaloSocketError> Errors { get; }

    /// <summary>One for each link that had opened, when it has ended. A dial that fails is a state, not a closure.</summary>
    IObservable<Closure> Closures { get; }

    /// <summary>Where the connection stands. An observer hears the current state first.</summary>
    IObservable<ConnectionState> States { get; }

    /// <summary>Every frame and HTTP call, in and out, with secrets replaced by <c>***</c>. Costs nothing while nobody listens.</summary>
    IObservable<TaloTraffic> Traffic { get; }

    /// <summary>What went wrong on this side: malformed frames, payloads that do not fit, observers that threw, sends without a task.</summary>
    IObservable<TaloFault> Faults { get; }

    /// <summary>The state as of now. From any thread; may be a moment ahead of <see cref="States"/>.</summary>
    ConnectionState State { get; }

    /// <summary>Whether the server knows the player on this link.</summary>
    bool IsIdentified { get; }

    /// <summary>
    /// Opens the connection, or waits for one that is on its way. Also the way out of <see cref="ConnectionStatus.Failed"/>, and out of
    /// <see cref="ConnectionStatus.Waiting"/>: the next try is made now, even where the server asked for a longer wait.
    /// </summary>
    /// <param name="cancellationToken">Gives up the wait, not the connection.</param>
    /// <returns>Completes at <c>v1.connected</c>, through any number of tries.</returns>
    /// <exception cref="TaloException">The state became <see cref="ConnectionStatus.Failed"/>, or the game closed.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    Task OpenConnectionAsync(CancellationToken cancellationToken = default);

    /// <summary>Closes the connection with a closing handshake. What still waits to be sent is refused; no reconnect follows.</summary>
    /// <param name="code">1000, or 3000 to 4999.</param>
    /// <param name="reason">At most 123 bytes of UTF-8.</param>
    /// <param name="cancellationToken">Gives up the wait, not the closing.</param>
    /// <returns>Completes when the server has answered, or after <see cref="TimeoutOptions.Close"/>.</returns>
    Task CloseConnectionAsync(int code = 1000, string reason = "", CancellationToken cancellationToken = default);

    /// <summary>Closes with 1000 and opens anew, with a fresh ticket. The player is identified again.</summary>
    /// <returns>Completes at the <c>v1.connected</c> of the new connection.</returns>
    Task ResetConnectionAsync(CancellationToken cancellationToken = default);

    /// <summary>Sends a request. A failure is reported on <see cref="Faults"/>; <see cref="SendAsync"/> tells it to the caller.</summary>
    /// <inheritdoc cref="SendAsync" path="/param"/>
    [RequiresUnreferencedCode(TaloJson.ForeignTypes)]
    [RequiresDynamicCode(TaloJson.ForeignTypes)]
    void Send(string req, object? data = null, SendOptions? options = null);

    /// <summary>
    /// Sends a request. It waits, in order, for the connection, for the player to be identified when one is known, and for its
    /// turn under the server's rate limit. It is written once at most.
    /// </summary>
    /// <param name="req">The name of the request, such as <c>v1.channels.message</c>.</param>
    /// <param name="data">What becomes a JSON object: an anonymous object, a type of the game's, a JObject; null is an empty one.</param>
    /// <param name="options">For instance when it expires.</param>
    /// <param name="cancellationToken">Takes it back while it waits; has no effect once its write has begun.</param>
    /// <returns>Completes when the frame is written. That the server accepted it is another matter: see <see cref="Errors"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="req"/> is blank, or the data does not become a JSON object.</exception>
    /// <exception cref="TaloSendException">It was refused, or the link ended under it and nobody knows (<see cref="TaloSendException.Outcome"/>).</exception>
    [RequiresUnreferencedCode(TaloJson.ForeignTypes)]
    [RequiresDynamicCode(TaloJson.ForeignTypes)]
    Task SendAsync(string req, object? data = null, SendOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Gives the current player a socket token that the game got itself. It is identified as soon as there is a connection.</summary>
    /// <exception cref="ArgumentException">The token is blank, or cannot be sent.</exception>
    /// <exception cref="TaloException">No player is known yet: <see cref="TaloPlayers.IdentifyAsync"/> comes first.</exception>
    void SetSocketToken(string socketToken);

    /// <summary>Completes when the player is identified on the socket; at once when it is.</summary>
    /// <exception cref="TaloException">The server refused for good, the state became <see cref="ConnectionStatus.Failed"/>, or the game closed.</exception>
    Task WhenIdentifiedAsync(CancellationToken cancellationToken = default);

    /// <summary>For a game that goes to the background: closes with 1000 and stops every wait. What waits to be sent goes on waiting.</summary>
    void Suspend();

    /// <summary>For a game that comes back: connects at once. Does nothing unless suspended.</summary>
    void Resume();
}
