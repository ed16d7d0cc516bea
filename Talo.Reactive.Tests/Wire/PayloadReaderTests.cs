using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using Talo.Reactive.Wire;
using static Talo.Reactive.Tests.Wire.GameTypes;

namespace Talo.Reactive.Tests.Wire;

/// <summary>What is rented while a type of the game's own is read is nobody's afterwards.</summary>
[NonParallelizable]
public sealed class PayloadReaderTests
{
    [Test]
    public void ManyThreads_ReadWhatEachMessageSays() => Parallel.For(0, 400, i =>
    {
        var message = TaloMessage.Parse($$$"""{"res":"x","data":{"message":"m{{{i}}}","playerAlias":{"id":{{{i}}},"key{{{i}}}":[{{{i}}}]} } }""");
        var read = message.DataAs<Dictionary<string, object>>();
        Assert.That((read["message"], message.DataAs<Chat>().PlayerAlias!.Id), Is.EqualTo(($"m{i}", i)));
        Assert.That(((JObject)read["playerAlias"]).ToString(Formatting.None), Is.EqualTo($$"""{"id":{{i}},"key{{i}}":[{{i}}]}"""));
    });

    [Test]
    public void AConverterThatReadsAnotherMessage_ReadsBoth()
    {
        var read = TaloMessage.Parse("""{"res":"x","data":{"Before":"a","Inner":1,"After":"b"}}""").DataAs<Outer>();
        Assert.That((read.Before, read.Inner!.Message, read.After), Is.EqualTo(("a", "from within", "b")));
    }

    [Test]
    public void AReaderThatAConverterKept_ReadsNothingMore()
    {
        Keeping.Kept = null;
        TaloMessage.Parse("""{"res":"x","data":{"message":"secret"}}""").DataAs<Kept>();
        var others = TaloMessage.Parse("""{"res":"x","data":{"message":"of another"}}""").DataAs<JToken>();
        Assert.That(Keeping.Kept!.Read(), Is.False);
        Assert.That(others["message"]!.Value<string>(), Is.EqualTo("of another"));
    }

    [Test]
    public void AFault_LeavesTheNextMessageWhole()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.Throws<TaloPayloadException>(() => TaloMessage.Parse("""{"res":"x","data":{"Value":[1,2,"x"]}}""").DataAs<Holder<List<int>>>());
            Assert.That(TaloMessage.Parse("""{"res":"x","data":{"Value":[1,2,3]}}""").DataAs<Holder<List<int>>>().Value, Is.EqualTo(new[] { 1, 2, 3 }));
        }
    }

    [Test]
    public void DataThatWasParsed_IsUsed()
    {
        var message = TaloMessage.Parse("""{"res":"x","data":{"Value":1}}""");
        message.Data["Value"] = 2;
        Assert.That(message.DataAs<Holder<int>>().Value, Is.EqualTo(2));
    }

    [Test]
    public void ATypeOfTheGame_CostsLittleMoreThanItself()
    {
        var message = TaloMessage.Parse(Reference.Frame("v1.channels.message"));
        for (var i = 0; i < 100; i++) message.DataAs<Holder<string>>();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) message.DataAs<Holder<string>>();

        // The strings of what the type does not know are made too.
        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before) / 100, Is.LessThan(3000));
    }

    [Test]
    public void AGiantTextWithFewMembers_CostsItsOwnSize()
    {
        var message = TaloMessage.Parse("{\"res\":\"x\",\"data\":{\"message\":\"" + new string('x', 8_000_000) + "\"}}");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = message.DataAs<Chat>();
        var cost = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(read.Message, Has.Length.EqualTo(8_000_000));
        Assert.That(cost, Is.LessThan(17_000_000), "the text takes 16 MB");
    }

    [Test]
    public void AGiantArray_LeavesNoGiantBehind()
    {
        var message = TaloMessage.Parse("{\"res\":\"x\",\"data\":{\"list\":[" + string.Join(",", Enumerable.Repeat("1", 1_000_000)) + "]}}");
        long Cost()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.That(message.DataAs<Dictionary<string, int[]>>()["list"], Has.Length.EqualTo(1_000_000));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Cost();
        // Anew each time: what the second time costs less was kept by the pool.
        Assert.That(Cost(), Is.GreaterThan(20_000_000));
    }

    [Test]
    public void ANameThatCameBefore_IsTheSameString()
    {
        var name = "ofAMember"u8.ToArray();
        var first = MemberNames.Of(name);
        Assert.That(first, Is.EqualTo("ofAMember"));
        Assert.That(MemberNames.Of(name), Is.SameAs(first));
    }

    [Test]
    public void AnyNames_AreWhatWasSent()
    {
        var names = Enumerable.Range(0, 5000).Select(i => new string('a', i % 70) + i).Concat(["", "a", "b", "ab", "ba"]);
        foreach (var name in names.Concat(names)) Assert.That(MemberNames.Of(Reference.Utf8(name)), Is.EqualTo(name));
    }

    private sealed class Outer
    {
        public string? Before { get; set; }

        [JsonConverter(typeof(Nested))]
        public Chat? Inner { get; set; }

        public string? After { get; set; }
    }

    private sealed class Nested : JsonConverter<Chat>
    {
        public override Chat ReadJson(JsonReader reader, Type objectType, Chat? existingValue, bool hasExistingValue, JsonSerializer serializer) =>
            TaloMessage.Parse("""{"res":"y","data":{"message":"from within"}}""").DataAs<Chat>();

        public override void WriteJson(JsonWriter writer, Chat? value, JsonSerializer serializer) => throw new NotSupportedException();
    }

    [JsonConverter(typeof(Keeping))]
    private sealed class Kept;

    private sealed class Keeping : JsonConverter<Kept>
    {
        internal static JsonReader? Kept { get; set; }

        public override Kept ReadJson(JsonReader reader, Type objectType, Kept? existingValue, bool hasExistingValue, JsonSerializer serializer)
        {
            Kept = reader;
            return new Kept();
        }

        public override void WriteJson(JsonWriter writer, Kept? value, JsonSerializer serializer) => throw new NotSupportedException();
    }
}
