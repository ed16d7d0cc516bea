using System;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

public sealed class DialFaultTests
{
    private static readonly Uri Address = new($"ws://game.example:8080/?ticket={RawPeer.Ticket}&note=a%20long%20note&v=1");

    [TestCase("Unable to connect", "socket refused")]
    [TestCase("The server returned status code '401'", "")]
    public void HarmlessText_IsTold(string outer, string inner)
    {
        var cause = new InvalidOperationException(outer, new TimeoutException(inner));
        var fault = DialFault.Of(cause, Address);

        Assert.That(fault.Message, Does.Contain(outer).And.Contain(inner).And.Contain("ws://game.example:8080"));
        Assert.That(fault.InnerException, Is.SameAs(cause));
    }

    [TestCase("No route to ws://game.example:8080/?ticket=6f1d9a1e-3a0b-4c53-9d0e-1f6b2f7e4c10&note=a%20long%20note&v=1")]
    [TestCase("Ticket 6F1D9A1E-3A0B-4C53-9D0E-1F6B2F7E4C10 was refused")]
    [TestCase("Told: a long note")]
    [TestCase("Told: a%20long%20note")]
    public void TextThatQuotesTheQuery_IsLeftOut(string text)
    {
        foreach (var cause in new Exception[] { new FormatException(text), new FormatException("outside", new TimeoutException(text)) })
        {
            var fault = DialFault.Of(cause, Address);
            Assert.That(fault.ToString(), Does.Not.Contain(RawPeer.Ticket).IgnoreCase.And.Not.Contain("long"));
            Assert.That(fault.Message, Does.Contain("FormatException").And.Contain("ws://game.example:8080"));
        }
    }

    [Test]
    public void ShortTicket_IsLeftOutWithTheQueryAroundIt()
    {
        var fault = DialFault.Of(new FormatException("Bad address ws://127.0.0.1/?ticket=t1"), new Uri("ws://127.0.0.1/?ticket=t1"));
        Assert.That(fault.ToString(), Does.Not.Contain("t1"));
    }
}
