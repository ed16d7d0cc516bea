using System;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Transport;

public abstract partial class TransportContract
{
    [Test]
    public async Task Configure_IsAskedAtEachDial_WithTheKeepAliveOff()
    {
        var interval = TimeSpan.MaxValue;
        var transport = CreateTransport(options =>
        {
            interval = options.KeepAliveInterval;
            options.SetRequestHeader("x-game", "harbour");
        });
        var dial = transport.Dial(Server.SocketAddress, 1_000).EndAsync();
        using var peer = await Server.AcceptAsync();
        var head = await peer.UpgradeAsync();
        (await dial).Values[0].Abort();

        Assert.That(head, Does.Contain("x-game: harbour"));
        Assert.That(interval, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task ConfigureThrows_ItIsTheErrorOfTheDial()
    {
        var fault = new InvalidOperationException("no proxy today");
        var end = await CreateTransport(_ => throw fault).Dial(Server.SocketAddress, 1_000).EndAsync();

        Assert.That(end.Error!.InnerException, Is.SameAs(fault));
        Assert.That(end.Error.Message, Does.Contain("no proxy today"));
    }

    [TestCase("http://127.0.0.1/")]
    [TestCase("/relative")]
    public void AddressThatIsNoSocket_Throws(string address) =>
        Assert.That(() => CreateTransport().Dial(new Uri(address, UriKind.RelativeOrAbsolute), 1), Throws.ArgumentException);

    [TestCase(0)]
    [TestCase(-1)]
    public void LimitThatAcceptsNothing_Throws(int maxFrameBytes) =>
        Assert.That(() => CreateTransport().Dial(Server.SocketAddress, maxFrameBytes), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [TestCase(999)]
    [TestCase(1001)]
    [TestCase(1006)]
    [TestCase(2999)]
    [TestCase(5000)]
    public async Task CodeThatAClientMayNotSend_Throws(int code)
    {
        using var open = await OpenAsync();
        Assert.That(() => open.Link.Close(code, ""), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task ReasonThatDoesNotFit_Throws()
    {
        using var open = await OpenAsync();
        Assert.That(() => open.Link.Close(1000, new string('é', 62)), Throws.ArgumentException);
        Assert.That((await open.Link.Close(1000, new string('é', 61)).EndAsync()).Error, Is.Null);
        Assert.That((await open.Peer.ReadFrameAsync()).CloseReason, Is.EqualTo(new string('é', 61)));
    }

    [Test]
    public async Task SecondObserver_IsRefused()
    {
        using var open = await OpenAsync();
        _ = FrameProbe.On(open.Link);

        Assert.That((await open.Link.Frames.EndAsync()).Error, Is.InstanceOf<InvalidOperationException>());
        Assert.That(open.Link.Closure, Is.Null);
    }
}
