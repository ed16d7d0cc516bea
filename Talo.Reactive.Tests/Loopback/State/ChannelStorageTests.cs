using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Loopback.State;
using Owner = Talo.Reactive.Loopback.State.Player;
using Rejection = Talo.Reactive.Loopback.State.RejectedProp;
using Storage = Talo.Reactive.Loopback.State.ChannelStorage;
using Writer = Talo.Reactive.Loopback.State.PlayerAlias;

namespace Talo.Reactive.Tests.Loopback.State;

[TestFixture]
public sealed class ChannelStorageTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 18, 20, 11, 250, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Start.AddSeconds(5);

    private readonly Writer ada = NewAlias(1, "ada");
    private readonly Writer grace = NewAlias(2, "grace");

    // "key=value" writes, "key" deletes; the answer lists what was upserted, deleted and failed.
    [TestCase("", "a=1 b=2", "a=1 b=2||")]
    [TestCase("a=1", "a=2", "a=2||")]
    [TestCase("a=1", "a=1", "a=1||")]
    [TestCase("a=1 b=2", "b a", "|b=2 a=1|")]
    [TestCase("a=1", "a=", "|a=1|")]
    [TestCase("a=1", "x x=", "||")]
    [TestCase("a=1", "=2", "||")]
    [TestCase("a=1", "", "||")]
    [TestCase("", "a=1 b=1 a=2", "a=2 b=1||")]
    [TestCase("a=1", "a=2 a", "|a=1|")]
    [TestCase("a=1", "A=2", "A=2||")]
    [TestCase("", "t[]=1 a=1 t[]=2 t[]=1 []=x", "a=1 t[]=1 t[]=2 []=x||")]
    [TestCase("t[]=1 t[]=2 t[]=3", "t[]=4 t[]=2 t[]", "t[]=4 t[]=2|t[]=1 t[]=3|")]
    [TestCase("t[]=1 t[]=2 a=1", "t[] a", "|a=1 t[]=1 t[]=2|")]
    [TestCase("", "t[]= u[]", "t[]=||")]
    [TestCase("a=1 t[]=1", "t[]=LONG t[]=2 a=LONG b=1", "b=1||a t[]")]
    public void Writes_SayWhatTheyDid(string before, string asked, string expected)
    {
        var storage = Stored(before);

        var update = storage.Write(Changes(asked), grace, Later);

        var failed = string.Join(' ', update.Failed.Select(prop => prop.Key));
        Assert.That($"{Text(update.Upserted)}|{Text(update.Deleted)}|{failed}", Is.EqualTo(expected));
    }

    [TestCase("t[]=1 t[]=2 t[]=3", "t[]=4 t[]=3 t[]=2", "t[]", "t[]=2 t[]=3 t[]=4")]
    [TestCase("t[]=1", "t[]=LONG", "t[]", "t[]=1")]
    [TestCase("a=1", "a=LONG", "a", "a=1")]
    [TestCase("a=1", "a", "a", "")]
    [TestCase("t[]=1", "t[]", "t[]", "")]
    [TestCase("gold=1", "Gold=2", "gold", "gold=1")]
    [TestCase("gold=1", "Gold=2", "Gold", "Gold=2")]
    [TestCase("gold=1", "", "GOLD", "gold=1")]
    public void Reads_SeeTheOldestFirst(string before, string asked, string key, string expected)
    {
        var storage = Stored(before);

        storage.Write(Changes(asked), grace, Later);

        Assert.That(Text(storage.Find(key)), Is.EqualTo(expected));
    }

    [Test]
    public void AnUpdate_KeepsTheCreator()
    {
        var row = Stored("a=1").Write(Changes("a=2"), grace, Later).Upserted.Single();

        Assert.That((row.CreatedBy, row.LastUpdatedBy, row.CreatedAt, row.UpdatedAt), Is.EqualTo((ada, grace, Start, Later)));
    }

    [Test]
    public void TheSameValueByTheSameWriter_KeepsTheTime()
    {
        var storage = Stored("a=1 t[]=1");

        Assert.That(storage.Write(Changes("a=1 t[]=1"), ada, Later).Upserted.Select(row => row.UpdatedAt), Is.All.EqualTo(Start));
        Assert.That(storage.Write(Changes("a=1 t[]=1"), grace, Later).Upserted.Select(row => row.UpdatedAt), Is.All.EqualTo(Later));
    }

    [Test]
    public void ADeletion_TellsWhoDidIt()
    {
        var row = Stored("a=1").Write(Changes("a"), grace, Later).Deleted.Single();

        Assert.That((row.CreatedBy, row.LastUpdatedBy, row.CreatedAt, row.UpdatedAt), Is.EqualTo((ada, grace, Start, Later)));
    }

    [Test]
    public void ANewValueOfAnArray_IsItsCreators()
    {
        var row = Stored("t[]=1").Write(Changes("t[]=2"), grace, Later).Upserted.Single();

        Assert.That((row.CreatedBy, row.LastUpdatedBy, row.CreatedAt), Is.EqualTo((ada, grace, Later)));
    }

    [Test]
    public void AnArrayWithTooManyValues_FailsAsOne()
    {
        var changes = Enumerable.Range(0, 1001).Select(i => new PropChange("t[]", $"{i}")).ToList();

        var tooMany = Stored("t[]=x").Write(changes, grace, Later);
        var enough = Stored("").Write([.. changes.Skip(1), new("t[]", "1"), new("t[]", null)], grace, Later);

        Assert.That(tooMany.Failed, Is.EqualTo(new[]
        {
            new Rejection("t[]", "PROP_ARRAY_TOO_LONG", "Prop array length (1001) for key 't[]' exceeds 1000 items"),
        }));
        Assert.That((tooMany.Deleted.Count, enough.Upserted.Count, enough.Failed.Count), Is.EqualTo((0, 1000, 0)));
    }

    [Test]
    public void SizesOfAnArray_AreLookedAtBeforeItsLength()
    {
        var changes = Enumerable.Range(0, 1001).Select(i => new PropChange("t[]", $"{i}")).Append(new("t[]", new string('v', 513)));

        Assert.That(Stored("").Write(changes, grace, Later).Failed.Single().Error, Is.EqualTo("PROP_VALUE_TOO_LONG"));
    }

    [Test]
    public void Forgetting_TakesWhatAnAliasCreatedOrWroteLast()
    {
        var storage = Stored("a=1 b=1 c=1 t[]=1");
        storage.Write(Changes("b=2 d=1"), grace, Later);

        storage.Forget(grace);
        Assert.That("abcd".Select(key => storage.Find($"{key}").Count), Is.EqualTo(new[] { 1, 0, 1, 0 }));
        storage.Forget(ada);
        Assert.That(new[] { "a", "c", "t[]" }.Select(key => storage.Find(key).Count), Is.All.Zero);
    }

    private Storage Stored(string text)
    {
        var storage = new Storage();
        storage.Write(Changes(text), ada, Start);
        return storage;
    }

    private static Writer NewAlias(int id, string name) =>
        new(id, new Owner(new Game(1), Start, devBuild: false), "username", name, Start);

    private static string Text(IEnumerable<StorageProp> rows) => string.Join(' ', rows.Select(row => $"{row.Key}={row.Value}"));

    private static IEnumerable<PropChange> Changes(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split('='))
            .Select(parts => new PropChange(parts[0], parts.Length > 1 ? ValueOf(parts[1]) : null));

    private static string ValueOf(string text) => text == "LONG" ? new string('v', 513) : text;
}
