using System;
using System.Linq;
using Examples.TestingYourGame.Game;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive;
using Talo.Reactive.Testing;

namespace Examples.TestingYourGame;

public sealed class ChatHudTests
{
    private readonly TestScheduler scheduler = new TestScheduler().StartAt(DateTimeOffset.UnixEpoch);

    [Test]
    public void ALine_StaysForFiveSeconds()
    {
        var messages = scheduler.Hot("a-b-----c", Saying);
        using var seen = scheduler.Record(ChatHud.Lines(messages, scheduler), lines => (char)('0' + lines.Count));

        scheduler.AdvanceBy(TimeSpan.FromSeconds(30));

        Assert.That(seen.ToMarbles(), Is.EqualTo("1-2--1-01----0"));
    }

    [Test]
    public void TheFourthLine_PushesTheFirstOneOut()
    {
        var messages = scheduler.Hot("abcd", Saying);
        using var seen = scheduler.Record(ChatHud.Lines(messages, scheduler), lines => (char)('0' + lines.Count));

        scheduler.AdvanceBy(TimeSpan.FromSeconds(4));

        Assert.That(seen.ToMarbles(), Is.EqualTo("1233"));
        Assert.That(string.Join(", ", seen.Messages.Last().Value.Value), Is.EqualTo("grace: b, grace: c, grace: d"));
    }

    // What comes from Talo can be made by hand: entities are plain records.
    private static ChannelMessage Saying(char text) => new()
    {
        Message = text.ToString(),
        PlayerAlias = new PlayerAlias { DisplayName = "grace" },
    };
}
