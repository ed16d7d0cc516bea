using NUnit.Framework;

namespace Talo.Reactive.Tests.Presences;

public sealed class PresenceBookTests
{
    [Test]
    public void FirstOfAPlayer_TheServersWord_ThenWhatReallyChanged()
    {
        var book = new PresenceBook();
        var first = book.Read(Update("ada", true, "afk", onlineChanged: true, statusChanged: true));
        Assert.That((first.Previous, first.OnlineChanged, first.CustomStatusChanged), Is.EqualTo(((PlayerPresence?)null, true, true)));
        var second = book.Read(Update("ada", true, "back", onlineChanged: true, statusChanged: true));
        Assert.That((second.Previous!.CustomStatus, second.OnlineChanged, second.CustomStatusChanged), Is.EqualTo(("afk", false, true)));
        var third = book.Read(Update("ada", false, "back", onlineChanged: true, statusChanged: true));
        Assert.That((third.OnlineChanged, third.CustomStatusChanged), Is.EqualTo((true, false)));
        Assert.That(book.Read(Update("grace", false, "", false, false)).Previous, Is.Null);
    }

    [Test]
    public void Answer_CountsOnlyWhereNothingWasSeen()
    {
        var book = new PresenceBook();
        book.Note("ada", new PlayerPresence { Online = true });
        Assert.That(book.Read(Update("ada", true, "", true, true)).OnlineChanged, Is.False);
        book.Note("ada", new PlayerPresence { Online = false });
        Assert.That(book.Read(Update("ada", true, "", true, true)).OnlineChanged, Is.False, "it may be older than the event");
    }

    [Test]
    public void NoAlias_IsTheServersWord()
    {
        var change = new PresenceBook().Read(new PresenceUpdated { Presence = new PlayerPresence { Online = true }, OnlineChanged = true });
        Assert.That((change.Previous, change.OnlineChanged), Is.EqualTo(((PlayerPresence?)null, true)));
    }

    [Test]
    public void PlayersNotSeenForLong_AreForgotten_TheOthersAreNot()
    {
        var book = new PresenceBook(page: 3);
        foreach (var player in new[] { "ada", "b", "c", "ada", "d", "e", "ada", "f", "g" }) book.Read(Update(player, true, "", true, true));
        Assert.That(book.Read(Update("ada", true, "", true, true)).Previous, Is.Not.Null);
        Assert.That(book.Read(Update("b", true, "", true, true)).Previous, Is.Null);
    }

    [Test]
    public void StatusLongerThanTheServerTakes_IsNotKept_AndNothingOfBeforeEither()
    {
        var book = new PresenceBook();
        book.Read(Update("ada", true, "afk", onlineChanged: true, statusChanged: true));
        book.Read(Update("ada", true, new string('x', 256), onlineChanged: false, statusChanged: true));
        var next = book.Read(Update("ada", true, "afk", onlineChanged: false, statusChanged: true));
        Assert.That((next.Previous, next.OnlineChanged, next.CustomStatusChanged), Is.EqualTo(((PlayerPresence?)null, false, true)));
        book.Note(new string('x', 256), new PlayerPresence { Online = true });
        Assert.That(book.Read(Update(new string('x', 256), true, "", true, true)).Previous, Is.Null);
    }

    private static PresenceUpdated Update(string player, bool online, string status, bool onlineChanged, bool statusChanged) => new()
    {
        Presence = new PlayerPresence
        {
            PlayerAlias = new PlayerAlias { Id = 1, Player = new Player { Id = player } },
            Online = online,
            CustomStatus = status,
        },
        OnlineChanged = onlineChanged,
        CustomStatusChanged = statusChanged,
    };
}
