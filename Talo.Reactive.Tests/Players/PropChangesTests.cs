using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Talo.Reactive.Players;

namespace Talo.Reactive.Tests.Players;

/// <summary>Changes of props as values: what they make of props, and of each other.</summary>
public sealed class PropChangesTests
{
    private static readonly Config Runs = Exploration.Runs;

    private static readonly Gen<Prop> Props =
        from key in Gen.Elements("a", "b", "c", "x[]", "y[]")
        from value in Gen.Elements("1", "2", "3", null)
        select new Prop(key, value);

    private static readonly Arbitrary<List<List<Prop>>> Requests = Props.NonEmptyListOf().Select(x => x.ToList()).ListOf(4).Select(x => x.ToList()).ToArbitrary();

    /// <summary>The server's merge, by the protocol's words and nothing shared with the library.</summary>
    private static Dictionary<string, string> Merged(Dictionary<string, string> stored, List<Prop> request)
    {
        var merged = new Dictionary<string, string>(stored);
        foreach (var key in request.Select(x => x.Key).Distinct())
        {
            var values = request.Where(x => x.Key == key).Select(x => x.Value).ToList();
            if (!key.EndsWith("[]", System.StringComparison.Ordinal)) values = [values[0]];
            var left = values.Where(x => x is not null).Distinct().ToList();
            if (left.Count == 0) merged.Remove(key);
            else merged[key] = string.Join(",", left);
        }

        return merged;
    }

    private static Dictionary<string, string> ByKey(IEnumerable<Prop> props) =>
        props.GroupBy(x => x.Key).ToDictionary(x => x.Key, x => string.Join(",", x.Select(y => y.Value)));

    [Test, Fuzz]
    public void OneAfterTheOther_IsWhatTheServerMakesOfThem() => FsCheck.Fluent.Prop.ForAll(Requests, requests =>
    {
        var server = new Dictionary<string, string>();
        IReadOnlyList<Prop> local = [];
        foreach (var request in requests)
        {
            server = Merged(server, request);
            local = PropChanges.Of(request).ApplyTo(local);
        }

        return ByKey(local).OrderBy(x => x.Key).SequenceEqual(server.OrderBy(x => x.Key));
    }).Explore(Runs);

    [Test, Fuzz]
    public void Joined_AreTheSameAsOneAfterTheOther_WhereverTheCutIs() => FsCheck.Fluent.Prop.ForAll(Requests, requests =>
    {
        var stored = PropChanges.Of(requests[0]).ApplyTo([]);
        var rest = requests.Skip(1).Select(PropChanges.Of).ToList();
        var stepwise = rest.Aggregate(stored, (props, x) => x.ApplyTo(props));
        var joined = rest.Aggregate(PropChanges.None, (x, y) => x.Then(y));
        // What is sent is read by the server as a request: it has to mean the same.
        var sent = PropChanges.Of(joined.ToProps()).ApplyTo(stored);
        return ByKey(joined.ApplyTo(stored)).OrderBy(x => x.Key).SequenceEqual(ByKey(stepwise).OrderBy(x => x.Key))
            && sent.SequenceEqual(joined.ApplyTo(stored));
    }).Explore(Runs);

    [Test]
    public void New_StandBeforeKept_AndArraysLast()
    {
        Prop[] stored = [new("kept", "1"), new("list[]", "a"), new("old", "2")];
        var changes = PropChanges.Of([new("old", "3"), new("more[]", "x"), new("more[]", "x"), new("more[]", "y"), new("list[]", null)]);
        Assert.That(string.Join(" ", changes.ApplyTo(stored)), Is.EqualTo("old=3 kept=1 more[]=x more[]=y"));
        Assert.That(changes.ToProps().Last(), Is.EqualTo(new Prop("list[]", null)));
    }
}
