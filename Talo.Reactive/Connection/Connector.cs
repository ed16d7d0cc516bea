using System;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Threading;
using Talo.Reactive.Http;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Connection;

/// <summary>From nothing to an open link: a fresh ticket, then a dial. One try a call.</summary>
internal sealed class Connector
{
    private readonly Settings settings;
    private readonly ITransport transport;
    private readonly SocketTickets tickets;

    internal Connector(Settings settings, ITransport transport, SocketTickets tickets)
    {
        this.settings = settings;
        this.transport = transport;
        this.tickets = tickets;
    }

    /// <summary>Starts a try; exactly one of the two is told, unless it is given up before.</summary>
    /// <param name="held">Told how long the ticket has to wait, and again when that changes.</param>
    /// <param name="begun">Told when the ticket need not wait (any more).</param>
    /// <param name="opened">Gets the link. Told even when the try was given up just then: a link nobody holds would stay open.</param>
    /// <param name="failed">Gets a <see cref="TaloException"/> for the ticket, anything else for the dial.</param>
    /// <returns>Gives the try up.</returns>
    internal IDisposable Connect(Action<TimeSpan> held, Action begun, Action<ILink> opened, Action<Exception> failed)
    {
        // A slot of its own: the ticket may come before its subscription is returned, and must not be given up by that.
        var dial = new SingleAssignmentDisposable();
        // A ticket is used up by the attempt to connect, so each try takes a new one.
        var ticket = tickets.CreateInTurn(held, begun).Subscribe(
            text => dial.Disposable = Dial(text, opened, failed),
            failed);
        return StableCompositeDisposable.Create(ticket, dial);
    }

    /// <summary>The game wants a try now, whatever a server asked for before.</summary>
    internal void EndPauses() => tickets.EndPauses();

    private IDisposable Dial(string ticket, Action<ILink> opened, Action<Exception> failed)
    {
        var isDecided = 0;
        var dialling = new SingleAssignmentDisposable();
        var timer = settings.Scheduler.Schedule(settings.Timeouts.Dial, () =>
        {
            if (!Decide()) return;
            dialling.Dispose();
            failed(new DialException($"the WebSocket did not open within {settings.Timeouts.Dial.TotalSeconds:0.#} s"));
        });
        try
        {
            dialling.Disposable = transport.Dial(settings.Socket(ticket), settings.MaxFrameBytes).Subscribe(
                link =>
                {
                    timer.Dispose();
                    if (Decide()) opened(link);
                    else link.Abort();
                },
                Fail,
                () => Fail(new DialException("the transport completed without a link")));
        }
        catch (Exception error)
        {
            Fail(error);
        }

        return Disposable.Create(() =>
        {
            timer.Dispose();
            if (Decide()) dialling.Dispose();
        });

        bool Decide() => Interlocked.Exchange(ref isDecided, 1) == 0;

        void Fail(Exception error)
        {
            timer.Dispose();
            if (Decide()) failed(error as DialException ?? new DialException(error.Message, error));
        }
    }
}

/// <summary>The WebSocket could not be opened.</summary>
internal sealed class DialException(string problem, Exception? cause = null) : Exception(problem, cause);
