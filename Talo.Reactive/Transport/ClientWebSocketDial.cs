using System;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

/// <summary>Cold: each subscription makes one socket and connects it.</summary>
/// <remarks>
/// Not built by <c>Observable.Create</c>: its observer drops a value silently when the subscription is disposed just then, and
/// a link that is dropped silently stays open. Here one step decides who owns the socket, the observer or the disposal.
/// </remarks>
internal sealed class ClientWebSocketDial : IObservable<ILink>
{
    private readonly Uri _address;
    private readonly Func<CancellationToken, Task<ClientWebSocket>> _connect;
    private readonly Func<ClientWebSocket, ILink> _link;

    internal ClientWebSocketDial(
        Uri address, Func<CancellationToken, Task<ClientWebSocket>> connect, Func<ClientWebSocket, ILink> link)
    {
        _address = address;
        _connect = connect;
        _link = link;
    }

    public IDisposable Subscribe(IObserver<ILink> observer)
    {
        var attempt = new Attempt(this, observer ?? throw new ArgumentNullException(nameof(observer)));
        // On the pool: connecting looks up proxies and names, which is no work for a game's thread or its context.
        _ = Task.Run(attempt.ConnectAsync);
        return attempt;
    }

    private sealed class Attempt : IDisposable
    {
        private readonly ClientWebSocketDial _dial;
        private readonly IObserver<ILink> _observer;

        // Not disposed: it has no timer, and disposing it could race with the Cancel of a disposal.
        private readonly CancellationTokenSource _given = new();
        private int _settled;

        internal Attempt(ClientWebSocketDial dial, IObserver<ILink> observer)
        {
            _dial = dial;
            _observer = observer;
        }

        public void Dispose()
        {
            if (TrySettle()) _given.Cancel();
        }

        internal async Task ConnectAsync()
        {
            ClientWebSocket socket;
            try
            {
                socket = await _dial._connect(_given.Token).ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                if (TrySettle()) _observer.OnError(DialFault.Of(fault, _dial._address));
                return;
            }

            if (TrySettle()) HandOver(_dial._link(socket));
            // It opened while it was given up: nobody else knows of it.
            else ClientWebSocketLink.Drop(socket);
        }

        private void HandOver(ILink link)
        {
            try
            {
                _observer.OnNext(link);
                _observer.OnCompleted();
            }
            catch
            {
                link.Abort();
                throw;
            }
        }

        private bool TrySettle() => Interlocked.Exchange(ref _settled, 1) == 0;
    }
}
