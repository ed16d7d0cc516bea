using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class PipeliningConformance : ConformanceTests
{
    [Test]
    public async Task MessageRightBehindIdentify_IsFromNobody()
    {
        var linus = await NewPlayerAsync("linus");
        using var socket = await ConnectRawAsync();

        await socket.SendTogetherAsync(
            linus.IdentifyRequest,
            """{"req":"v1.channels.message","data":{"channel":{"id":1},"message":"right after identify"}}""");

        foreach (var template in (string[])[Shape.NoPlayer("v1.channels.message"), .. Shape.Identified(linus)])
        {
            var frame = await socket.NextAsync();
            while (IsOfOthers(frame))
                frame = await socket.NextAsync();
            Template.Check(frame, template, "The frame to linus");
        }

        bool IsOfOthers(string frame) => frame == "ping"
            || frame.Contains("v1.live-config.updated", StringComparison.Ordinal)
            || (frame.Contains("v1.players.presence.updated", StringComparison.Ordinal)
                && !frame.Contains($"\"playerAlias\":{{\"id\":{linus.AliasId},", StringComparison.Ordinal));
    }

    [Test]
    public async Task Answers_MayOvertakeEachOtherButMessagesKeepTheirOrder()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var pipe = await CreateChannelAsync(ada);
        await JoinAsync(grace, pipe);
        await ForgetAsync(ada, grace);

        await grace.SayAsync(pipe, "m1");
        await grace.SendAsync("not json");
        await grace.SendAsync(TestSocket.Heartbeat);
        await grace.SayAsync(pipe, "m2");

        var channel = Shape.Channel(pipe, ada);
        var (first, second) = (Shape.Message(channel, grace, "m1"), Shape.Message(channel, grace, "m2"));
        await ada.ExpectAsync(first, second);
        await grace.Socket.ExpectInAnyOrderAsync(first, second, Shape.Routing, TestSocket.Heartbeat);
    }

    [Test]
    public async Task MessageRightBeforeAClose_IsDelivered()
    {
        var ada = await PlayerAsync("ada");
        var pipe = await CreateChannelAsync(ada);
        var linus = await NewPlayerAsync("linus");
        await JoinAsync(linus, pipe);
        linus.Socket = await ConnectAsync(linus);
        await ForgetAsync(ada);

        await linus.SayAsync(pipe, "last words");
        await linus.Socket.CloseAsync();

        await ada.ExpectAsync(
            Shape.Message(Shape.Channel(pipe, ada), linus, "last words"),
            Shape.PresenceUpdated(linus, online: false, "", true, true));
    }

    /// <summary>Which of the two the server handles first is its affair: what it told last has to be what it shows.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task CloseRightBehindIdentify_MayLeaveThePlayerOnline(bool closes)
    {
        var ada = await PlayerAsync("ada");
        var linus = await NewPlayerAsync("linus");
        AfterTest(() => linus.CallAsync("PUT", "/v1/players/presence", """{"online":false}"""));
        // It may be told of after the test that the server comes to the identify at last.
        ForgetTheRest();
        var socket = await ConnectAsync();

        await socket.SendAsync(linus.IdentifyRequest);
        if (closes)
            await socket.CloseAsync();
        else
            socket.Terminate();

        if (closes)
            await ada.ExpectAsync(Shape.PresenceUpdated(linus, online: true, "", true, true));
        var (told, shown) = (closes, !closes);
        for (var tries = 0; told != shown && tries < 100; tries++)
        {
            // The server may change it between the two looks.
            await Server.LingerAsync();
            told = (await ada.Socket.DrainAsync()).Select(IsOnline).LastOrDefault(told);
            shown = (await CallAsync("GET", $"/v1/players/presence/{linus.PlayerId}")).At("presence.online").GetBoolean();
        }
        Assert.That(shown, Is.EqualTo(told));

        static bool IsOnline(string frame) =>
            JsonDocument.Parse(frame).RootElement.GetProperty("data").GetProperty("presence").GetProperty("online").GetBoolean();
    }

    [Test]
    public async Task Burst_ArrivesInOrder()
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var pipe = await CreateChannelAsync(ada);
        await JoinAsync(grace, pipe);
        await ForgetAsync(ada, grace);

        for (var i = 0; i < 200; i++)
            await grace.SayAsync(pipe, $"{i}");

        var messages = Enumerable.Range(0, 200).Select(i => Shape.Message(Shape.Channel(pipe, ada), grace, $"{i}")).ToArray();
        await ada.ExpectAsync(messages);
        await grace.ExpectAsync(messages);
    }
}
