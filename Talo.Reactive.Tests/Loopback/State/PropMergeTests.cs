using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Loopback.State;
using Rejection = Talo.Reactive.Loopback.State.RejectedProp;
using StoredProp = Talo.Reactive.Loopback.State.Prop;

namespace Talo.Reactive.Tests.Loopback.State;

[TestFixture]
public sealed class PropMergeTests
{
    // "key=value" is a prop, "key" alone asks for its deletion.
    [TestCase("", "a=1", "a=1")]
    [TestCase("a=1 b=2", "a=3", "a=3 b=2")]
    [TestCase("a=1 b=2", "b=3", "b=3 a=1")]
    [TestCase("a=1 b=2", "a", "b=2")]
    [TestCase("a=1", "x", "a=1")]
    [TestCase("a=1", "a=", "a=")]
    [TestCase("", "a=1 a=2", "a=1")]
    [TestCase("a=0", "a a=2", "")]
    [TestCase("a=1", "=2", "a=1")]
    [TestCase("a=1", "A=2", "A=2 a=1")]
    [TestCase("t[]=1 t[]=2", "t[]=3", "t[]=3")]
    [TestCase("t[]=1 t[]=2", "t[]=2 t[]=2 t[]=1 t[]", "t[]=2 t[]=1")]
    [TestCase("t[]=1 u[]=2", "t[]", "u[]=2")]
    [TestCase("t[]=1 a=1 u[]=2 b=2", "v[]=3 c=3 u[]=4", "c=3 a=1 b=2 v[]=3 u[]=4 t[]=1")]
    public void Changes_AreMerged(string stored, string asked, string expected)
    {
        var rejected = new List<Rejection>();

        var merged = PropMerge.Apply(Props(stored), Changes(asked), rejected);

        Assert.That(string.Join(' ', merged.Select(prop => $"{prop.Key}={prop.Value}")), Is.EqualTo(expected));
        Assert.That(rejected, Is.Empty);
    }

    [Test]
    public void TooLongAValue_TakesTheOldOneWithIt()
    {
        var rejected = new List<Rejection>();

        var merged = PropMerge.Apply(Props("a=1 b=2"), [new("a", new string('v', 513))], rejected);

        Assert.That(merged, Is.EqualTo(Props("b=2")));
        Assert.That(rejected, Is.EqualTo(new[]
        {
            new Rejection("a", "PROP_VALUE_TOO_LONG", "Prop value length (513) exceeds 512 characters"),
        }));
    }

    [Test]
    public void AnArray_LosesOnlyItsTooLongValues()
    {
        var rejected = new List<Rejection>();

        var merged = PropMerge.Apply(Props("t[]=1"), [new("t[]", new string('v', 513)), new("t[]", "ok")], rejected);

        Assert.That(merged, Is.EqualTo(Props("t[]=ok")));
        Assert.That(rejected.Select(prop => prop.Error), Is.EqualTo(new[] { "PROP_VALUE_TOO_LONG" }));
    }

    [Test]
    public void TooLongAnArray_IsRejectedBeforeTheSizesAndAsOne()
    {
        var rejected = new List<Rejection>();
        var long1001 = Enumerable.Range(0, 1001).Select(i => new PropChange("t[]", $"{i}"));

        var merged = PropMerge.Apply(Props("t[]=x a=1"), [new(new string('k', 129), "1"), .. long1001], rejected);

        Assert.That(merged, Is.EqualTo(Props("a=1")));
        Assert.That(rejected.Select(prop => prop.Message), Is.EqualTo(new[]
        {
            "Prop array length (1001) for key 't[]' exceeds 1000 items", "Prop key length (129) exceeds 128 characters",
        }));
    }

    [Test]
    public void TheLimits_AreInside()
    {
        var rejected = new List<Rejection>();
        var atTheLimit = Enumerable.Range(0, 1000).Select(i => new PropChange("t[]", $"{i}"));

        var merged = PropMerge.Apply(
            [], [new(new string('k', 128), new string('v', 512)), new("t[]", null), new("t[]", "0"), .. atTheLimit], rejected);

        Assert.That((merged.Count, rejected.Count), Is.EqualTo((1001, 0)));
    }

    private static List<StoredProp> Props(string text) =>
        [.. Changes(text).Select(change => new StoredProp(change.Key, change.Value!))];

    private static IEnumerable<PropChange> Changes(string text) =>
        text.Split(' ', System.StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split('='))
            .Select(parts => new PropChange(parts[0], parts.Length > 1 ? parts[1] : null));
}
