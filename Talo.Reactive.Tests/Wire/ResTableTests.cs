using System.Linq;
using System.Text;
using NUnit.Framework;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Tests.Wire;

public sealed class ResTableTests
{
    [TestCaseSource(typeof(Reference), nameof(Reference.Names))]
    public void KnownName_HasAKindAndOneString(string res)
    {
        var utf8 = Reference.Utf8(res);
        Assert.That(ResTable.TryGet(utf8, out var kind), Is.True);
        Assert.That(ResTable.Name(kind), Is.EqualTo(res));
        Assert.That(ResTable.Name(utf8), Is.SameAs(ResTable.Name(kind)));
    }

    [Test]
    public void Kinds_AreDenseAndAllKnown()
    {
        var kinds = Reference.Names.Select(name => ResTable.TryGet(Reference.Utf8(name), out var kind) ? kind : -1);
        Assert.That(kinds.Order(), Is.EqualTo(Enumerable.Range(0, ResKind.Count)));
    }

    [TestCase("")]
    [TestCase("v1.channels.messagE")]
    [TestCase("v1.channels.messag")]
    [TestCase("v1.channels.message ")]
    [TestCase("v2.channels.message")]
    [TestCase("v1.é")]
    public void UnknownName_HasNoKindAndKeepsItsText(string res)
    {
        Assert.That(ResTable.TryGet(Encoding.UTF8.GetBytes(res), out _), Is.False);
        Assert.That(ResTable.Name(Encoding.UTF8.GetBytes(res)), Is.EqualTo(res));
    }

    [Test]
    public void NameLongerThanAnyKnown_HasNoKind() =>
        Assert.That(ResTable.TryGet(new byte[4096], out _), Is.False);

    [TestCase("v1.heartbeat", true)]
    [TestCase("\"v1.heartbeat\"", false)]
    [TestCase("v1.Heartbeat", false)]
    [TestCase("", false)]
    public void Heartbeat_IsTheBareTextOnly(string frame, bool expected) =>
        Assert.That(Heartbeat.Is(Reference.Utf8(frame)), Is.EqualTo(expected));
}
