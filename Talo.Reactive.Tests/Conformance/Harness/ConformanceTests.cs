using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Loopback;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>
/// The base of all tests that judge a Talo server: the one that TALO_API_URL and TALO_ACCESS_KEY name (and optionally
/// TALO_SOCKET_URL, TALO_ACCESS_KEY_READONLY, and TALO_ACCESS_KEY_VERIFIED with TALO_VERIFICATION_KEY and
/// TALO_VERIFICATION_KEY_VERSION), or a loopback server when none is set.
/// <para>
/// How to write a case: take the players first, by name, with <see cref="PlayerAsync(string)"/>. They have an identified socket,
/// and are reused by the next test. Then let them act (<c>ada.CallAsync</c>, <c>ada.SayAsync</c>, <c>ada.SendAsync</c>) and state
/// every frame that each of them gets, in order, with <c>ada.ExpectAsync</c>, and every answer with <c>answer.Expect</c>. Both
/// compare to the letter, save for the placeholders of <see cref="Template"/>; <see cref="Shape"/> has the usual shapes. A frame
/// to one of the test's players that no line expects fails the test at its end, so "nobody else gets it" needs no line.
/// </para>
/// <example><code>
/// var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
/// var harbour = await CreateChannelAsync(ada);
/// (await grace.CallAsync("POST", $"{harbour.Path}/join")).Expect(200, $$"""{"channel":{{Shape.Channel(harbour, ada, members: 2)}}}""");
/// await ada.ExpectAsync(Shape.Joined(Shape.Channel(harbour, ada), grace));
/// await grace.ExpectAsync(Shape.Joined(Shape.Channel(harbour, ada), grace));
/// </code></example>
/// <para>
/// Nothing may be taken for granted of a foreign server: ids, empty lists, other players, fresh caches. So read with names, keys
/// and filters that no earlier call of the run has used (<see cref="Unique"/>). Leave pooled players as they were: no props, no
/// status; who is to be changed for good is made with <see cref="NewPlayerAsync"/>. Channels of <see cref="CreateChannelAsync"/>
/// are deleted after the test; other things with <see cref="AfterTest"/>. What needs the dashboard, a mail or a restart asks
/// <see cref="OwnerOrIgnore"/>. Calls are paced: a ticket, an identification or a player-auth call costs three seconds there.
/// </para>
/// </summary>
[Category("Conformance")]
[NonParallelizable]
public abstract class ConformanceTests
{
    private readonly List<TestChannel> channels = [];
    private readonly Stack<Func<Task>> afterwards = [];
    private bool looksAtUnread;

    private protected static Suite Suite => SuiteFixture.Suite;

    private protected static IServerUnderTest Server => Suite.Server;

    [SetUp]
    public void BeginScene()
    {
        Suite.Scene.Clear();
        channels.Clear();
        afterwards.Clear();
        looksAtUnread = true;
    }

    [TearDown]
    public async Task EndSceneAsync()
    {
        var passed = TestContext.CurrentContext.Result.Outcome.Status == NUnit.Framework.Interfaces.TestStatus.Passed;
        var unread = await Suite.UnreadAsync();
        while (afterwards.TryPop(out var afterTest))
            await afterTest();
        foreach (var channel in channels.Where(channel => channel.Owner is not null))
            await channel.Owner!.CallAsync("DELETE", channel.Path);
        await Suite.CloseStraySocketsAsync();
        if (passed && looksAtUnread && unread.Count > 0)
        {
            var frames = unread.Select(one => $"{one.Player}: {one.Frame}");
            Assert.Fail(string.Join("\n  to ", ["Frames came that nobody expected:", .. frames]));
        }
    }

    /// <summary>The pooled player of that name: identified, with a socket on which nothing is left to read.</summary>
    private protected static Task<TestPlayer> PlayerAsync(string name) => PlayerAsync(name, Server.Game);

    private protected static async Task<TestPlayer> PlayerAsync(string name, GameUnderTest game)
    {
        var player = await Suite.PlayerAsync(game, name);
        await Suite.UnreadAsync();
        return player;
    }

    /// <summary>A player of this test only, without a socket.</summary>
    private protected static Task<TestPlayer> NewPlayerAsync(string name, params (string Name, string Value)[] headers) =>
        Suite.IdentifyAsync(Server.Game, Suite.Unique(name), headers);

    /// <summary>A socket that has got <c>v1.connected</c> and is not identified; closed after the test.</summary>
    private protected static Task<TestSocket> ConnectAsync(string? accessKey = null) =>
        Suite.ConnectAsync(accessKey ?? Server.Game.AccessKey);

    /// <summary>Likewise, but with every frame in the hands of the test.</summary>
    private protected static async Task<RawSocket> ConnectRawAsync()
    {
        var ticket = await Suite.TicketAsync(Server.Game.AccessKey);
        var socket = await RawSocket.DialAsync(Server.SocketUrl, $"/?ticket={ticket}");
        Assert.That(await socket.NextAsync(), Is.EqualTo(TestSocket.Connected));
        return socket;
    }

    /// <summary>A further socket of a player, identified; what it got on the way has been read. Closed after the test.</summary>
    private protected static Task<TestSocket> ConnectAsync(TestPlayer player) => Suite.ConnectAsync(player);

    /// <summary>A call of nobody in particular, with the full-access key.</summary>
    private protected static Task<Answer> CallAsync(
        string method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        Suite.Api.CallAsync(method, path, body, [("authorization", $"Bearer {Server.Game.AccessKey}"), .. headers]);

    /// <summary>A call with nothing but the headers given.</summary>
    private protected static Task<Answer> BareCallAsync(
        string method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        Suite.Api.CallAsync(method, path, body, headers);

    /// <summary>
    /// A channel of <paramref name="owner"/> with a name of its own; <paramref name="members"/> are further members of the body,
    /// as <c>"private":true</c>. What the owner gets for it has been read.
    /// </summary>
    private protected async Task<TestChannel> CreateChannelAsync(TestPlayer owner, string? members = null)
    {
        var name = Unique("channel");
        var answer = await owner.CallAsync("POST", "/v1/game-channels", $$"""{"name":"{{name}}"{{(members is null ? "" : "," + members)}}}""");
        if (answer.Status != 200)
            Assert.Fail($"Creating a channel was answered {answer.Status}: {answer.Body}");
        var channel = Own(new(answer.Int("channel.id"), name), owner);
        if (owner.HasSocket)
            await owner.NextAsync();
        return channel;
    }

    /// <summary>Has a channel that was made by hand deleted after the test.</summary>
    private protected TestChannel Own(TestChannel channel, TestPlayer owner)
    {
        channel.Owner = owner;
        channels.Add(channel);
        return channel;
    }

    /// <summary>Has <paramref name="member"/> join; what the others get for it is theirs to read.</summary>
    private protected static async Task JoinAsync(TestPlayer member, TestChannel channel)
    {
        var answer = await member.CallAsync("POST", $"{channel.Path}/join");
        if (answer.Status != 200)
            Assert.Fail($"Joining was answered {answer.Status}: {answer.Body}");
    }

    /// <summary>Reads away what these players have got so far.</summary>
    private protected static async Task ForgetAsync(params TestPlayer[] players)
    {
        foreach (var player in players)
            await player.Socket.DrainAsync();
    }

    /// <summary>Does not ask of this test to read everything.</summary>
    private protected void ForgetTheRest() => looksAtUnread = false;

    /// <summary>Runs when the test is over, the last one first.</summary>
    private protected void AfterTest(Func<Task> undo) => afterwards.Push(undo);

    private protected static string Unique(string name) => Suite.Unique(name);

    /// <summary>
    /// The loopback server with its owner's hooks; ignores the test on a foreign server.
    /// </summary>
    private protected static LoopbackTalo OwnerOrIgnore(string reason) => Server.OwnerOrIgnore(reason);

    /// <summary>
    /// Talo before 0.128.1 cannot route any frame that is signed well; where that is so the test has nothing to judge.
    /// </summary>
    private protected static async Task SignedFramesOrInconclusiveAsync()
    {
        if (!await Suite.RoutesSignedFramesAsync())
            Assert.Inconclusive("This server answers well-signed frames with ROUTING_ERROR, as Talo did before 0.128.1.");
    }

    /// <summary>
    /// Lets time pass; on a foreign server up to 65 s are waited for, a longer time ignores the test. The sockets of the pool are
    /// kept alive; <paramref name="afterEachStep"/> may do so for others, every 10 s.
    /// </summary>
    private protected static Task LetTimePassAsync(TimeSpan time, Func<Task>? afterEachStep = null) =>
        Suite.LetTimePassAsync(time, afterEachStep);
}
