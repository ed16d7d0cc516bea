using System;
using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

/// <summary>
/// What every engine behind <see cref="ITransport"/> has to do, against a peer that the test scripts byte by byte. An engine is
/// tested by a fixture that derives from this class and creates it.
/// </summary>
public abstract partial class TransportContract
{
    private const int MaxFrameBytes = 256 * 1024;

    private RawPeer _server = null!;

    private protected abstract ITransport CreateTransport(Action<ClientWebSocketOptions>? configure, ArrayPool<byte> pool);

    private protected ITransport CreateTransport(Action<ClientWebSocketOptions>? configure = null) =>
        CreateTransport(configure, ArrayPool<byte>.Shared);

    [SetUp]
    public void StartPeer() => _server = new RawPeer();

    [TearDown]
    public void StopPeer() => _server.Dispose();

    private protected RawPeer Server => _server;

    private protected async Task<OpenLink> OpenAsync(int maxFrameBytes = MaxFrameBytes, ITransport? transport = null)
    {
        var dial = (transport ?? CreateTransport()).Dial(Server.SocketAddress, maxFrameBytes).EndAsync();
        var peer = await Server.AcceptWebSocketAsync();
        return new OpenLink((await dial).Values[0], peer);
    }

    private protected static byte[] Letters(int count) => Encoding.ASCII.GetBytes(new string('a', count));

    /// <summary>Both ends of a connection; the link is aborted and the peer goes when the test is over.</summary>
    private protected sealed class OpenLink : IDisposable
    {
        internal OpenLink(ILink link, RawConnection peer)
        {
            Link = link;
            Peer = peer;
        }

        internal ILink Link { get; }

        internal RawConnection Peer { get; }

        public void Dispose()
        {
            Link.Abort();
            Peer.Dispose();
        }
    }
}
