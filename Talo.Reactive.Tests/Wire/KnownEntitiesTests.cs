using System;
using System.Linq;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Tests.Wire;

public sealed class KnownEntitiesTests
{
    [Test]
    public void TheSameBytes_AreTheSameObjectFromTheThirdTimeOn()
    {
        var known = new KnownEntities();
        var data = Message(channel: 41, alias: 105, text: "ahoy");

        Read(data, known);
        var second = Read(data, known);
        var third = Read(Message(channel: 41, alias: 105, text: "again"), known);

        Assert.That(third.Channel, Is.SameAs(second.Channel));
        Assert.That(third.PlayerAlias, Is.SameAs(second.PlayerAlias));
        Assert.That(third.Message, Is.EqualTo("again"));
    }

    [Test]
    public void AnyOtherByte_IsReadAnew()
    {
        var known = new KnownEntities();
        for (var i = 0; i < 3; i++) Read(Message(channel: 41, alias: 105, text: "ahoy", name: "harbour"), known);

        var renamed = Read(Message(channel: 41, alias: 105, text: "ahoy", name: "harbous"), known);
        var longer = Read(Message(channel: 41, alias: 105, text: "ahoy", name: "harbours"), known);

        Assert.That((renamed.Channel.Name, longer.Channel.Name), Is.EqualTo(("harbous", "harbours")));
    }

    [Test]
    public void NewSenders_AreNotKept()
    {
        var known = new KnownEntities();
        for (var alias = 1; alias <= 2_000; alias++) Read(Message(channel: alias, alias, "warm"), known);
        var data = Enumerable.Range(3_000, 500).Select(alias => Message(channel: alias, alias, "ahoy")).ToList();
        var plain = Allocated(() => data.ForEach(x => Payload.Read(x, ChannelMessageJson.Read)));

        var withKnown = Allocated(() => data.ForEach(x => Read(x, known)));

        Assert.That(withKnown, Is.LessThanOrEqualTo(plain));
    }

    [Test]
    public void ARepeatedSender_CostsTheMessageAndItsText()
    {
        var known = new KnownEntities();
        var data = Message(channel: 41, alias: 105, text: "ahoy");
        for (var i = 0; i < 3; i++) Read(data, known);

        var bytes = Allocated(() =>
        {
            for (var i = 0; i < 1_000; i++) Read(data, known);
        });

        // The record 40, the text of four letters 32.
        Assert.That(bytes / 1_000, Is.LessThanOrEqualTo(72));
    }

    [Test, Fuzz]
    public void AnyEventsInAnyOrder_ReadAsWithoutWhatIsKnown() => Exploration.ForAnyRandom(
        random =>
        {
            var known = new KnownEntities();
            for (var i = 0; i < 80; i++)
            {
                var data = Data(random);
                switch (random.Next(5))
                {
                    case 0: Same(data, ChannelMessageJson.ReadEvent, ChannelMessageJson.Read, known); break;
                    case 1: Same(data, ChannelPlayerLeftJson.ReadEvent, ChannelPlayerLeftJson.Read, known); break;
                    case 2: Same(data, ChannelPlayerJoinedJson.ReadEvent, ChannelPlayerJoinedJson.Read, known); break;
                    case 3: Same(data, ChannelStorageUpdatedJson.ReadEvent, ChannelStorageUpdatedJson.Read, known); break;
                    default: Same(data, BroadcastJson.ReadEvent, BroadcastJson.Read, known); break;
                }
            }
        },
        runs: 150);

    [TestCase("""{"channel":{"id":5,"name":"a"}}""", true, 5)]
    [TestCase("""{"channel":{"id":5}}""", true, 5)]
    [TestCase("""{"channel":{"id":-5,"name":"a"}}""", true, -5)]
    [TestCase("""{"channel":{"id":5.0,"name":"a"}}""", false, 0)]
    [TestCase("""{"channel":{"id":"5"}}""", false, 0)]
    [TestCase("""{"channel":{"id":99999999999}}""", false, 0)]
    [TestCase("""{"channel":{"name":"a","id":5}}""", false, 0)]
    [TestCase("""{ "channel":{"id":5}}""", false, 0)]
    [TestCase("""{"channel":{"id":5""", false, 0)]
    [TestCase("", false, 0)]
    public void TheChannelOfAnEvent_IsToldByTheServersLayoutOnly(string data, bool isTold, int id)
    {
        Assert.That(ChannelId.TryPeek(Encoding.UTF8.GetBytes(data), out var peeked), Is.EqualTo(isTold));
        if (isTold) Assert.That(peeked, Is.EqualTo(id));
    }

    private static ChannelMessage Read(byte[] data, KnownEntities known) => Payload.Read(data, ChannelMessageJson.ReadEvent, known);

    private static void Same<T>(byte[] data, EventReader<T> withKnown, EntityReader<T> plain, KnownEntities known) =>
        Assert.That(Outcome(() => Payload.Read(data, withKnown, known)), Is.EqualTo(Outcome(() => Payload.Read(data, plain))));

    private static object Outcome<T>(Func<T> read)
    {
        try
        {
            return read()!;
        }
        catch (TaloPayloadException fault)
        {
            return (fault.Message, fault.Offset);
        }
    }

    // Few channels and players, some of which share a slot; few variants of each; now and then broken or in another layout.
    private static byte[] Data(Random random)
    {
        var data = JObject.Parse(Reference.Data["v1.channels.storage.updated"]);
        data.Merge(JObject.Parse(Reference.Data["v1.channels.player-left"]));
        data.Merge(JObject.Parse(Reference.Data["v1.channels.message"]));
        var isMessage = random.Next(2) == 0;
        if (isMessage) data = JObject.Parse(Reference.Data["v1.channels.message"]);
        data["message"] = new[] { "ahoy", "", "grace \"h\"", "a\\b", "né", "\t", "\ud83d\ude00", "1e5" }[random.Next(8)];
        Vary(random, (JObject)data["channel"]!, "name");
        Vary(random, (JObject)data["playerAlias"]!, "displayName");
        JToken sent = random.Next(isMessage ? 12 : 6) switch
        {
            0 => Mutation.Harmless(random, data),
            1 => Mutation.Maimed(random, data, wrongTypes: true),
            _ => data,
        };
        var json = sent.ToString(random.Next(10) == 0 ? Formatting.Indented : Formatting.None);
        if (isMessage && random.Next(6) == 0) json += new[] { ",\"x\":1", "}", " ", "x" }[random.Next(4)];
        return random.Next(8) == 0 ? Mutation.OfBytes(random, json) : Reference.Utf8(json);
    }

    private static void Vary(Random random, JObject entity, string member)
    {
        entity["id"] = random.Next(4) > 0 ? 1 : new[] { 2, 65, 257, 513 }[random.Next(4)];
        entity[member] = random.Next(4) > 0 ? "a" : new[] { "b", "a\\\"", "é" }[random.Next(3)];
        if (random.Next(20) == 0) entity["name"] = new string('x', KnownObjects<Channel>.Longest);
    }

    private static byte[] Message(int channel, int alias, string text, string name = "harbour")
    {
        var data = JObject.Parse(Reference.Data["v1.channels.message"]);
        data["channel"]!["id"] = channel;
        data["channel"]!["name"] = name;
        data["playerAlias"]!["id"] = alias;
        data["message"] = text;
        return Reference.Utf8(data.ToString(Formatting.None));
    }

    private static long Allocated(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
