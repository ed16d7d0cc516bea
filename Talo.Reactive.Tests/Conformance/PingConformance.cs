using System;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class PingConformance : ConformanceTests
{
    [Test]
    public async Task Heartbeat_IsEchoedToAPlayerToo()
    {
        var ada = await PlayerAsync("ada");

        await ada.SendAsync(TestSocket.Heartbeat);

        await ada.ExpectAsync(TestSocket.Heartbeat);
    }

    /// <summary>The server pings all sockets every 30 s, so 65 s have two rounds of it.</summary>
    [Test]
    public async Task WhoShowsNoSignOfLifeBetweenTwoPings_IsDropped()
    {
        using var answering = await ConnectRawAsync();
        using var heartbeating = await ConnectRawAsync();
        using var silent = await ConnectRawAsync();

        await LetTimePassAsync(TimeSpan.FromSeconds(65), async () =>
        {
            await answering.AnswerPingsAsync();
            await HeartbeatAsync(heartbeating);
        });

        Assert.That(await silent.NextAsync(), Is.EqualTo("ping"));
        Assert.That(await silent.EndsAsync(TestSocket.Bound), Is.True);
        await answering.AnswerPingsAsync();
        await HeartbeatAsync(heartbeating);
    }

    private static async Task HeartbeatAsync(RawSocket socket)
    {
        await socket.SendAsync(1, "v1.heartbeat"u8.ToArray());
        string frame;
        do
            frame = await socket.NextAsync();
        while (frame == "ping");
        Assert.That(frame, Is.EqualTo(TestSocket.Heartbeat));
    }
}
