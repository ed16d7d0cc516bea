using System.Linq;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Channels.Storage;

public sealed class ChannelStorageValueTests
{
    [Test]
    public void Value_TellsWhatItsKeysHold()
    {
        var storage = Of("gold=80", "t[]=b", "t[]=a");
        Assert.That((storage["gold"], storage["wood"], storage["t[]"]), Is.EqualTo(("80", (string?)null, "b")));
        Assert.That(storage.Find("gold"), Is.EqualTo(new ChannelStorageProp { Key = "gold", Value = "80" }));
        Assert.That(storage.Array("t"), Is.EqualTo(new[] { "b", "a" }));
        Assert.That(storage.Array("t[]"), Is.EqualTo(new[] { "b", "a" }));
        Assert.That(storage.Array("u"), Is.Empty);
        Assert.That((storage.Contains("gold"), storage.Contains("wood")), Is.EqualTo((true, false)));
        Assert.That(storage.Props, Has.Count.EqualTo(3));
        Assert.That(storage.ToString(), Is.EqualTo("channel 41: gold=80, t[]=b|a"));
    }

    [Test]
    public void EqualValues_AreEqual_WhoeverWroteThem()
    {
        var one = Of("gold=80", "t[]=b", "t[]=a");
        var other = new ChannelStorage(41, Of("t[]=b", "t[]=a", "gold=80").Props.Select(x => x with { LastUpdatedBy = new PlayerAlias { Id = 7 } }));
        Assert.That(one, Is.EqualTo(other));
        Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
        Assert.That(one, Is.Not.EqualTo(Of("gold=80", "t[]=a", "t[]=b")), "the order of a list counts");
        Assert.That(one, Is.Not.EqualTo(Of("gold=80")));
        Assert.That(one, Is.Not.EqualTo(new ChannelStorage(42, one.Props)));
    }

    private static ChannelStorage Of(params string[] props) =>
        new(41, props.Select(x => x.Split('=')).Select(x => new ChannelStorageProp { Key = x[0], Value = x[1] }));
}
