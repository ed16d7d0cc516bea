using System;
using System.Net.WebSockets;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.IO;
using Websocket.Client;
using Websocket.Client.Exceptions;

namespace Talo.Reactive.Transport;

/// <summary>How a <see cref="WebsocketClient"/> is set up and started here: once, for one link, with nothing that acts by itself.</summary>
internal static class Engine
{
    // Blocks as large as a batch, so that its bytes lie together and are read where they are.
    private static readonly RecyclableMemoryStreamManager Memory = new(new RecyclableMemoryStreamManager.Options
    {
        BlockSize = FrameBatch.Capacity,
        MaximumSmallPoolFreeBytes = 1024 * 1024,
    });

    /// <summary>Makes one for one dial; the address, ticket and all, has to be complete by now.</summary>
    internal static WebsocketClient Make(Uri address, Func<Uri, Task<WebSocket>> connect)
    {
        // No logger: the engine would write whole messages and addresses into it.
        return new WebsocketClient(address, logger: null, (to, _) => connect(to), Memory)
        {
            // Who owns the scheduler owns the time that a dial may take.
            ConnectTimeout = Timeout.InfiniteTimeSpan,

            // It would dial the old address with a ticket that is used up, without a word to the session above.
            IsReconnectionEnabled = false,
            ReconnectTimeout = null,
            ErrorReconnectTimeout = null,
            LostReconnectTimeout = null,

            // Bytes: no string is made of them.
            IsTextMessageConversionEnabled = false,
        };
    }

    /// <summary>Connects. Throws what the connecting threw; the engine is then of no more use, since it believes to be started.</summary>
    internal static async Task StartAsync(WebsocketClient engine)
    {
        try
        {
            await engine.StartOrFail().ConfigureAwait(false);
        }
        catch (WebsocketException wrapped) when (wrapped.InnerException is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
        }

        // Start sets a timer on the wall clock going whatever the settings say; this stops it.
        engine.IsReconnectionEnabled = false;
    }
}
