using System;
using System.Linq;
using System.Reactive.Linq;
using Examples.TestingYourGame.Game;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive;
using Talo.Reactive.Testing;

namespace Examples.TestingYourGame;

/// <summary>
/// The whole client in virtual time, with tickets, handshakes, heartbeats and backoff, against a Talo that does as it is told.
/// </summary>
public sealed class PlayedGameTests
{
    private const int Lobby = 41;

    private TestScheduler scheduler = null!;
    private ScriptedTalo server = null!;
    private TaloClient talo = null!;

    [SetUp]
    public void SignIn()
    {
        scheduler = new TestScheduler().StartAt(DateTimeOffset.UnixEpoch);
        server = new ScriptedTalo(scheduler);
        talo = new TaloClient(new TaloClientOptions
        {
            AccessKey = "any", ApiUrl = "https://talo.test", Scheduler = scheduler,
            Transport = server.Transport, HttpTransport = server.Http, Random = () => 0.5,
        });
        _ = talo.Players.IdentifyAsync("username", "ada");
        scheduler.AdvanceBy(TimeSpan.FromSeconds(1));
    }

    [TearDown]
    public void SignOut() => talo.Dispose();

    [Test]
    public void AMinuteInATunnel_ShowsTheBanner_UntilTheClientIsBack()
    {
        using var seen = scheduler.Record(
            ReconnectBanner.Of(talo.Socket.States, scheduler),
            ('h', Banner.Hidden), ('r', Banner.Reconnecting), ('b', Banner.WelcomeBack));

        server.Transport.Otherwise = DialOutcome.Fails();
        server.Link.Lose();
        scheduler.AdvanceBy(TimeSpan.FromSeconds(60));
        server.Transport.Otherwise = DialOutcome.Opens();
        scheduler.AdvanceBy(TimeSpan.FromSeconds(60));

        Assert.That(seen.ToMarbles(), Is.EqualTo("h-r[57]b-h")); // [57]: so many seconds of nothing new
    }

    [Test]
    public void ALineThatWasTypedInATunnel_IsSentOnce_WhenTheClientIsBack()
    {
        server.Link.Lose();
        var sent = talo.Channels.SendMessageAsync(Lobby, "is anybody there?");
        Assert.That(sent.IsCompleted, Is.False);

        scheduler.AdvanceBy(TimeSpan.FromSeconds(10));

        Assert.That(sent.IsCompletedSuccessfully);
        Assert.That((string?)server.ChannelMessages.Single().Data["message"], Is.EqualTo("is anybody there?"));
    }

    [Test]
    public void AChatLine_ShowsInTheNextFrame_AndNotBefore()
    {
        var loop = new GameLoop(scheduler);
        var hud = "";
        using var lines = ChatHud.Lines(talo.Channels.In(Lobby).Messages, scheduler)
            .ObserveOn(loop)
            .SubscribeGuarded(shown => hud = string.Join("; ", shown));

        server.Say(server.Player("grace"), Lobby, "ahoy");
        Assert.That(hud, Is.Empty, "the game has not ticked");

        loop.Tick();
        Assert.That(hud, Is.EqualTo("grace: ahoy"));
    }
}
