// A game's own tests, in virtual time: seconds of bad Wi-Fi and of fading text cost nothing, and come out the same each time.
//
//     dotnet test examples/TestingYourGame
//
// Game/ is the game: two queries for two widgets. The tests here play marble diagrams into them, a character a second;
// PlayedGameTests.cs plays the whole client against a scripted Talo.
using System;
using Examples.TestingYourGame.Game;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive;
using Talo.Reactive.Testing;

namespace Examples.TestingYourGame;

public sealed class ReconnectBannerTests
{
    //       connected, waiting                    hidden, reconnecting, welcome back
    [TestCase("c---wc-----", "h", TestName = "A hiccup is not worth a word")]
    [TestCase("c---w-----c-----", "h-----r---b-h", TestName = "A longer one is, and so is its end")]
    [TestCase("c---w-----cwc---", "h-----r---b-h", TestName = "A hiccup right after it does not bring it back")]
    [TestCase("w----c---", "h", TestName = "Nothing is said while the game starts")]
    public void TheBanner_Shows(string connection, string expected)
    {
        var scheduler = new TestScheduler().StartAt(DateTimeOffset.UnixEpoch);
        var states = scheduler.Hot(connection, ('c', In(ConnectionStatus.Identified)), ('w', In(ConnectionStatus.Waiting)));
        using var seen = scheduler.Record(
            ReconnectBanner.Of(states, scheduler), ('h', Banner.Hidden), ('r', Banner.Reconnecting), ('b', Banner.WelcomeBack));

        scheduler.AdvanceBy(TimeSpan.FromSeconds(30));

        Assert.That(seen.ToMarbles(), Is.EqualTo(expected));
    }

    private static ConnectionState In(ConnectionStatus status) => new() { Status = status };
}
