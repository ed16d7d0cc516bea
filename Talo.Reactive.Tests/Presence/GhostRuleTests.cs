using System;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Presences;

/// <summary>The rule as a table: what happened, and whether an offline of the own player that arrives now is healed.</summary>
public sealed class GhostRuleTests
{
    // Where Microsoft's virtual clock starts, too.
    private static readonly DateTimeOffset Start = DateTimeOffset.MinValue;

    [TestCase("", false, TestName = "No link ended: another device or a choice did it")]
    [TestCase("end", true, TestName = "A link ended just now")]
    [TestCase("end 90", true, TestName = "A link ended 90 s ago")]
    [TestCase("end 91", false, TestName = "A link ended too long ago")]
    [TestCase("end heard", false, TestName = "Healed once for the link already")]
    [TestCase("end end heard", true, TestName = "Two links, healed once")]
    [TestCase("end end heard heard", false, TestName = "Two links, healed twice")]
    [TestCase("end heard end", true, TestName = "Healed, and another link ended")]
    [TestCase("end 80 end 20 heard", false, TestName = "Of two links one is too long ago")]
    [TestCase("end other", true, TestName = "Another player's presence says nothing")]
    [TestCase("end online", true, TestName = "An online in between spends nothing")]
    [TestCase("foreign", false, TestName = "A link of another player ended")]
    [TestCase("end offline", false, TestName = "The game has set the player offline")]
    [TestCase("end offline heard", false, TestName = "The game has set the player offline and heard of it")]
    [TestCase("offline end identified", false, TestName = "Offline by choice over a reconnect")]
    [TestCase("end offline online!", false, TestName = "Own offline still on its way while the game is back online")]
    [TestCase("end offline online! heard", true, TestName = "Own offline has come, the next is a ghost")]
    [TestCase("end unheard online!", true, TestName = "Set offline while nothing was heard: no event is due")]
    [TestCase("end offline failed", true, TestName = "Setting offline failed")]
    [TestCase("offline end online!", true, TestName = "What was due ended with the link")]
    [TestCase("offline end identified online!", false, TestName = "Offline said again was the one call for the link")]
    public void OwnOffline_IsHealed(string happened, bool heals)
    {
        var rule = new GhostRule();
        var before = rule;
        var now = Start;
        foreach (var x in happened.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (x)
            {
                case "end": rule = rule.LinkEnded("ada", now); break;
                case "foreign": rule = rule.LinkEnded("grace", now); break;
                case "heard": rule = rule.Hear("ada", online: false, now).Next; break;
                case "online": rule = rule.Hear("ada", online: true, now).Next; break;
                case "other": rule = rule.Hear("grace", online: false, now).Next; break;
                case "identified": rule = rule.Identified("ada", now).Next; break;
                case "offline": (before, rule) = (rule, rule.Choose("ada", online: false, isHeard: true)); break;
                case "unheard": rule = rule.Choose("ada", online: false, isHeard: false); break;
                case "online!": rule = rule.Choose("ada", online: true, isHeard: true); break;
                case "failed": rule = rule.Undo(before, rule, isLatest: true); break;
                default: now += TimeSpan.FromSeconds(int.Parse(x, null)); break;
            }
        }

        Assert.That(rule.Hear("ada", online: false, now).Heals, Is.EqualTo(heals));
        Assert.That(rule.Hear("ada", online: true, now).Heals, Is.False, "an online never is");
    }

    [Test]
    public void Identified_HidesOnlyThePlayerWhomTheGameSetOffline()
    {
        var rule = new GhostRule().Choose("ada", online: false, isHeard: true);
        Assert.That(rule.Identified("ada", Start).Hides, Is.True);
        Assert.That(rule.Identified("grace", Start).Hides, Is.False);
        Assert.That(rule.Choose("ada", online: true, isHeard: true).Identified("ada", Start).Hides, Is.False);
    }

    [Test]
    public void AFailedChoice_DoesNotUndoALaterOne()
    {
        var before = new GhostRule();
        var choice = before.Choose("ada", online: false, isHeard: true);
        var later = choice.Choose("ada", online: false, isHeard: true);
        Assert.That(later.Undo(before, choice, isLatest: false).WantsOnline("ada"), Is.False);
        Assert.That(choice.Undo(before, choice, isLatest: true).WantsOnline("ada"), Is.True);
    }

    [Test]
    public void Watching_EndsWithTheWindow_OrWhenNothingIsLeftToMakeUpFor()
    {
        var rule = new GhostRule().LinkEnded("ada", Start);
        Assert.That(rule.IsWatching, Is.True);
        Assert.That(rule.At(Start + GhostRule.Window).IsWatching, Is.True);
        Assert.That(rule.At(Start + GhostRule.Window + TimeSpan.FromTicks(1)).IsWatching, Is.False);
        Assert.That(rule.Hear("ada", online: false, Start).Next.IsWatching, Is.False);
    }
}
