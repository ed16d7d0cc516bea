using System.Collections.Concurrent;
using System.Text;
using NUnit.Framework;
using Talo.Reactive.Channels.Memberships;

namespace Talo.Reactive.Tests.Channels.Memberships;

/// <summary>Which events the memberships need, told before they are decoded.</summary>
public sealed class MembershipFilterTests
{
    [TestCase("""{"channel":{"id":41},"playerAlias":{"id":105}}""", true)]
    [TestCase("""{"playerAlias":{"id": 105},"channel":{"id":41}}""", true)]
    [TestCase("""{"channel":{"id":105},"playerAlias":{"id":7}}""", true, Description = "Once too often does no harm.")]
    [TestCase("""{"channel":{"id":41},"playerAlias":{"id":106}}""", false)]
    [TestCase("""{"channel":{"id":41},"playerAlias":null}""", false)]
    [TestCase("", false)]
    public void OfThePlayer_OnlyWithHisId(string data, bool isOfPlayer)
    {
        var filter = new MembershipFilter(static () => 105, new ConcurrentDictionary<int, MembershipEntry>());
        Assert.That(filter.IsOfPlayer(Encoding.UTF8.GetBytes(data)), Is.EqualTo(isOfPlayer));
    }

    [Test]
    public void WithoutAPlayer_NothingIsHis()
    {
        var filter = new MembershipFilter(static () => null, new ConcurrentDictionary<int, MembershipEntry>());
        Assert.That(filter.IsOfPlayer("""{"playerAlias":{"id":0}}"""u8), Is.False);
    }

    [TestCase("""{"channel":{"id":41,"name":"x"}}""", true)]
    [TestCase("""{"changedProperties":[],"channel":{"id":7}}""", true, Description = "In another layout it is read to know.")]
    [TestCase("""{"channel":{"id":42,"name":"x"}}""", false)]
    [TestCase("""{"channel":{"id":411,"name":"x"}}""", false)]
    public void OfAKnownChannel_OnlyWithItsId(string data, bool isKnown)
    {
        var channels = new ConcurrentDictionary<int, MembershipEntry> { [41] = new MembershipEntry(41, 105) };
        var filter = new MembershipFilter(static () => 105, channels);
        Assert.That(filter.IsOfKnownChannel(Encoding.UTF8.GetBytes(data)), Is.EqualTo(isKnown));
    }

    [TestCase("v1.channels.player-joined", """{"channel":{"id":41,"name":{}},"playerAlias":{"id":999999}}""", 0)]
    [TestCase("v1.channels.player-left", """{"channel":{"id":41,"name":{}},"playerAlias":{"id":999999},"meta":{"reason":0}}""", 0)]
    [TestCase("v1.channels.updated", """{"channel":{"id":42,"name":{}},"changedProperties":[]}""", 0)]
    [TestCase("v1.channels.deleted", """{"channel":{"id":42,"name":{}}}""", 0)]
    [TestCase("v1.channels.player-joined", """{"channel":{"id":41,"name":{}},"playerAlias":{"id":ME}}""", 1)]
    [TestCase("v1.channels.updated", """{"channel":{"id":41,"name":{}},"changedProperties":[]}""", 1)]
    public void AnEventOfOthers_IsNotDecoded(string res, string data, int faults)
    {
        using var played = new PlayedMembership().Joined();
        var mine = data.Replace("ME", played.Alias.ToString(System.Globalization.CultureInfo.InvariantCulture), System.StringComparison.Ordinal);

        // Its channel has a name that no decoder takes: what is decoded leaves a fault.
        played.Session.Server.Link.Receive($$"""{"res":"{{res}}","data":{{mine}}}""");
        played.Session.Settle();

        Assert.That(played.Session.Faults, Has.Count.EqualTo(faults));
    }
}
