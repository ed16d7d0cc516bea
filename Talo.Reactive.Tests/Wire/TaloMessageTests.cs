using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Wire;

[NonParallelizable]
public sealed class TaloMessageTests
{
    private const string DateLike = "2026-03-02T18:20:11.000Z";

    [TestCaseSource(typeof(Reference), nameof(Reference.Names))]
    public void Parsed_KeepsTheFrameAndTheData(string res)
    {
        var message = TaloMessage.Parse(Reference.Frame(res));
        Assert.That(message.Res, Is.EqualTo(res));
        Assert.That(Encoding.UTF8.GetString(message.Utf8.Span), Is.EqualTo(Reference.Frame(res)));
        Assert.That(message.Data.ToString(Formatting.None), Is.EqualTo(Reference.Data[res]));
        Assert.That(message.DataAs<JObject>(), Is.SameAs(message.Data));
    }

    [Test]
    public void Created_IsWhatTheServerWouldSend()
    {
        foreach (var kind in EntityTable.All)
        {
            var message = TaloMessage.Create("x", kind.Read(Reference.Utf8(kind.Json)));
            Assert.That(message.Data.ToString(Formatting.None), Is.EqualTo(kind.Json));
        }

        Assert.That(TaloMessage.Create("game.x", new { a = 1 }).Data["a"]!.Value<int>(), Is.EqualTo(1));
        Assert.Throws<ArgumentException>(() => TaloMessage.Create(" ", new { }));
        Assert.Throws<ArgumentException>(() => TaloMessage.Create("x", "text"));
        Assert.Throws<ArgumentNullException>(() => TaloMessage.Create("x", null!));
    }

    [Test]
    public void WhatIsNoMessage_IsAFormatFaultWithoutContent() =>
        Assert.That(Assert.Throws<FormatException>(() => TaloMessage.Parse("""{"secret":1}"""))!.Message, Does.Not.Contain("secret"));

    [Test]
    public void ChatTextThatLooksLikeADate_StaysText()
    {
        var message = TaloMessage.Parse($$$"""{"res":"v1.channels.message","data":{"message":"{{{DateLike}}}"}}""");
        Assert.That(message.Data["message"]!.Type, Is.EqualTo(JTokenType.String));
        Assert.That(message.Data["message"]!.Value<string>(), Is.EqualTo(DateLike));
        Assert.That(message.DataAs<ChannelMessage>().Message, Is.EqualTo(DateLike));
        Assert.That(message.DataAs<Chat>().Message, Is.EqualTo(DateLike));
        Assert.That(message.Data.ToObject<ChannelMessage>()!.Message, Is.EqualTo(DateLike));
        Assert.That(JsonConvert.DeserializeObject<ChannelMessage>($$"""{"message":"{{DateLike}}"}""")!.Message, Is.EqualTo(DateLike));
    }

    [Test]
    public void SettingsOfTheGame_HaveNoEffect()
    {
        var before = JsonConvert.DefaultSettings;
        try
        {
            JsonConvert.DefaultSettings = () => new JsonSerializerSettings
            {
                MaxDepth = 1,
                DateParseHandling = DateParseHandling.DateTime,
                MissingMemberHandling = MissingMemberHandling.Error,
                TypeNameHandling = TypeNameHandling.All,
                Formatting = Formatting.Indented,
                StringEscapeHandling = StringEscapeHandling.EscapeNonAscii,
                Converters = { new Refusing() },
            };
            var message = TaloMessage.Parse($$$"""{"res":"x","data":{"message":"{{{DateLike}}}","more":{"a":[{}],"b":1} } }""");
            Assert.That(message.Data["message"]!.Value<string>(), Is.EqualTo(DateLike));
            Assert.That(message.DataAs<Chat>().Message, Is.EqualTo(DateLike));
            Assert.That(Encoding.UTF8.GetString(TaloMessage.Create("x", new Chat { Message = "é" }).Utf8.Span),
                Is.EqualTo("""{"res":"x","data":{"Message":"é","PlayerAlias":null}}"""));
            Assert.That(TaloMessage.Parse(Reference.Frame("v1.channels.message")).DataAs<Chat>().PlayerAlias!.Id, Is.EqualTo(105));
        }
        finally
        {
            JsonConvert.DefaultSettings = before;
        }
    }

    [Test]
    public void AnEntity_IsDecodedOnceForAllWhoAsk()
    {
        var message = TaloMessage.Create("x", new Broadcast { Message = "ahoy" });

        var first = message.DataAs<Broadcast>();

        Assert.That(message.DataAs<Broadcast>(), Is.SameAs(first));
        Assert.That(message.DataAs<ChannelMessage>().Message, Is.EqualTo("ahoy"));
        Assert.That(message.DataAs<object>(), Is.InstanceOf<JObject>());
    }

    [Test]
    public void DataReadByManyThreads_IsOneInstance()
    {
        const int readers = 8;
        for (var round = 0; round < 50; round++)
        {
            var message = TaloMessage.Parse(Reference.Frame("v1.channels.message"));
            var seen = new JObject[readers];
            using var start = new Barrier(readers);
            var threads = Enumerable.Range(0, readers).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                seen[i] = message.Data;
            }) { IsBackground = true }).ToList();
            threads.ForEach(thread => thread.Start());
            Assert.That(threads.TrueForAll(thread => thread.Join(Bounded.Limit)), Is.True);
            Assert.That(seen, Has.All.SameAs(message.Data));
        }
    }

    [TestCase("""{"res":"x"}""")]
    [TestCase("""{"res":"x","data":null}""")]
    public void NoData_IsAnEmptyObject(string json)
    {
        Assert.That(TaloMessage.Parse(json).Data, Is.Empty);
        Assert.That(TaloMessage.Parse(json).DataAs<Broadcast>(), Is.EqualTo(new Broadcast()));
        Assert.That(TaloMessage.Parse(json).DataAs<Chat>().Message, Is.Null);
    }

    [TestCase("""{"res":"x","data":[]}""")]
    [TestCase("""{"res":"x","data":"secret"}""")]
    [TestCase("""{"res":"x","data":{'secret':1}}""")]
    [TestCase("""{"res":"x","data":{/* secret */}}""")]
    [TestCase("""{"res":"x","data":{"secret":NaN}}""")]
    [TestCase("""{"res":"x","data":{}secret}}""")]
    public void BrokenData_IsAPayloadFaultThatNamesTheMessageAndNoContent(string json)
    {
        var message = TaloMessage.Parse(json);
        TestDelegate[] all = [() => _ = message.Data, () => message.DataAs<Broadcast>(), () => message.DataAs<Chat>()];
        foreach (var read in all)
        {
            var fault = Assert.Throws<TaloPayloadException>(read)!;
            Assert.That(fault.Res, Is.EqualTo("x"));
            Assert.That(fault.Message, Does.Contain("of x").And.Not.Contain("secret"));
        }
    }

    [Test]
    public void DataNestedTooDeeply_IsAPayloadFault()
    {
        var deep = $$$"""{"res":"x","data":{"a":{{{new string('[', 9000)}}}{{{new string(']', 9000)}}}}}""";
        Assert.Throws<TaloPayloadException>(() => _ = TaloMessage.Parse(deep).Data);
        var allowed = $$$"""{"res":"x","data":{"a":{{{new string('[', 63)}}}{{{new string(']', 63)}}}}}""";
        Assert.That(TaloMessage.Parse(allowed).Data, Has.Count.EqualTo(1));
    }

    [Test]
    public void WhatDoesNotFitATypeOfTheGame_NamesTheMemberAndNoContent()
    {
        var message = TaloMessage.Parse("""{"res":"x","data":{"Chats":[{"Message":"a"},{"PlayerAlias":{"id":"s3cr3t"}}],"Count":"s3cr3t"}}""");
        Assert.That(Assert.Throws<TaloPayloadException>(() => message.DataAs<Log>())!.Path, Is.EqualTo("Chats[1].PlayerAlias.id"));
        var fault = Assert.Throws<TaloPayloadException>(() => message.DataAs<Counter>())!;
        Assert.That((fault.Path, fault.ToString().Contains("s3cr3t", StringComparison.Ordinal)), Is.EqualTo(("Count", false)));
        Assert.Throws<TaloPayloadException>(() => message.DataAs<int>());
        Assert.Throws<TaloPayloadException>(() => message.DataAs<string>());
        Assert.Throws<TaloPayloadException>(() => message.DataAs<List<int>>());
    }

    [Test]
    public void ValueThatATypeOfTheGameCannotHold_IsAPayloadFaultWithoutContent()
    {
        var message = TaloMessage.Parse("""{"res":"x","data":{"Level":"s3cr3t","Day":"s3cr3t"}}""");
        TestDelegate[] all = [() => message.DataAs<Levelled>(), () => message.DataAs<Dated>(), () => message.DataAs<IComparable>()];
        foreach (var read in all)
        {
            var fault = Assert.Throws<TaloPayloadException>(read)!;
            // Not a plain word: the stack trace has the folders of the sources in it.
            Assert.That(fault.ToString(), Does.Contain("of x").And.Not.Contain("s3cr3t"));
        }
    }

    [Test]
    public void ExceptionOfAConverterOfTheGame_ComesThrough() =>
        Assert.That(Assert.Throws<FormatException>(() => TaloMessage.Parse("""{"res":"x","data":{}}""").DataAs<Parsed>())!.Message, Is.EqualTo("mine"));

    [Test]
    public void MembersBehindTheData_AreNotPartOfIt()
    {
        var message = TaloMessage.Parse("""{"res":"x","data":{"message":"a"},"more":{"message":"b"}}""");
        Assert.That(message.Data.ToString(Formatting.None), Is.EqualTo("""{"message":"a"}"""));
        Assert.That(message.DataAs<Broadcast>().Message, Is.EqualTo("a"));
    }

    [Test]
    public void NumbersOfAnySize_NeverCrashData()
    {
        foreach (var number in new[] { "1e999", "-1e999", new string('9', 400), "0." + new string('1', 500), "123456789012345678901234567890" })
        {
            var message = TaloMessage.Parse($$$"""{"res":"x","data":{"n":{{{number}}}}}""");
            try
            {
                Assert.That(message.Data.ContainsKey("n"), Is.True);
            }
            catch (TaloPayloadException fault)
            {
                Assert.That(fault.Res, Is.EqualTo("x"), number);
            }
        }
    }

    [Test]
    public void Text_IsTheNameAndTheSize() =>
        Assert.That(TaloMessage.Parse("""{"res":"x","data":{"a":"secret"}}""").ToString(), Is.EqualTo("x (33 bytes)"));

    private sealed class Chat
    {
        public string? Message { get; set; }

        public PlayerAlias? PlayerAlias { get; set; }
    }

    private sealed class Log
    {
        public List<Chat>? Chats { get; set; }
    }

    private sealed class Counter
    {
        public int Count { get; set; }
    }

    private enum Level
    {
        Low,
    }

    private sealed class Levelled
    {
        public Level Level { get; set; }
    }

    private sealed class Dated
    {
        public DateTime Day { get; set; }
    }

    [JsonConverter(typeof(Failing))]
    private sealed class Parsed;

    private sealed class Failing : JsonConverter<Parsed>
    {
        public override Parsed ReadJson(JsonReader reader, Type objectType, Parsed? existingValue, bool hasExistingValue, JsonSerializer serializer) =>
            throw new FormatException("mine");

        public override void WriteJson(JsonWriter writer, Parsed? value, JsonSerializer serializer) => throw new NotSupportedException();
    }

    private sealed class Refusing : JsonConverter
    {
        public override bool CanConvert(Type objectType) => true;

        public override object ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer) =>
            throw new InvalidOperationException("settings of the game were used");

        public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) =>
            throw new InvalidOperationException("settings of the game were used");
    }
}
