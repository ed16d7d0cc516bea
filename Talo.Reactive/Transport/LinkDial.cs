using System;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

/// <summary>Cold: each subscription opens one link.</summary>
/// <remarks>
/// Not built by <c>Observable.Create</c>: its observer drops a value silently when the subscription is disposed just then, and
/// a link that is dropped silently stays open. Here one step decides who owns the link, the observer or the disposal.
/// </remarks>
internal sealed class LinkDial : IObservable<ILink>
{
    private readonly Uri _address;
    private readonly Func<CancellationToken, Task<ILink>> _open;

    internal LinkDial(Uri address, Func<CancellationToken, Task<ILink>> open)
    {
        _address = address;
        _open = open;
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
        private readonly LinkDial _dial;
        private readonly IObserver<ILink> _observer;

        // Not disposed: it has no timer, and disposing it could race with the Cancel of a disposal.
        private readonly CancellationTokenSource _given = new();
        private int _settled;

        internal Attempt(LinkDial dial, IObserver<ILink> observer)
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
            ILink link;
            try
            {
                link = await _dial._open(_given.Token).ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                if (TrySettle()) _observer.OnError(DialFault.Of(fault, _dial._address));
                return;
            }

            if (TrySettle()) HandOver(link);
            // It opened while it was given up: nobody else knows of it.
            else link.Abort();
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
