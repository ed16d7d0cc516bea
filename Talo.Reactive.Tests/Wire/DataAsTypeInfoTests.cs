using System;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Talo.Reactive.Tests.Wire;

/// <summary>A type of the game's own by the code that System.Text.Json generates for it.</summary>
public sealed class DataAsTypeInfoTests
{
    private static readonly GeneratedJsonContext Json = GeneratedJsonContext.Default;

    [Test]
    public void AMessage_IsReadWithWhatIsKnownAndWhatIsNot()
    {
        var chat = TaloMessage.Parse(Reference.Frame("v1.channels.message")).DataAs(Json.GeneratedChat);
        Assert.That(chat.Message, Is.EqualTo("ahoy"));
        Assert.That(chat.Channel!["name"].GetString(), Is.EqualTo("harbour"));
        var joined = TaloMessage.Parse(Reference.Frame("v1.channels.updated")).DataAs(Json.GeneratedChat);
        Assert.That(joined.Rest!["changedProperties"].GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public void WithoutTypeInfo_IsAnArgumentFault() =>
        Assert.Throws<ArgumentNullException>(() => TaloMessage.Parse("""{"res":"x"}""").DataAs<GeneratedChat>(null!));

    [TestCase("""{"res":"x"}""")]
    [TestCase("""{"res":"x","data":null}""")]
    public void NoData_IsAnEmptyObject(string frame) =>
        Assert.That(TaloMessage.Parse(frame).DataAs(Json.GeneratedChat), Is.EqualTo(new GeneratedChat()));

    [TestCase("""{"res":"x","data":{"message":"a"},"more":{"message":"b"}}""")]
    [TestCase("""{"data":{"message":"b"},"res":"x","data":{"message":"a"}}""")]
    [TestCase("""{"data":{"message":"b","message":"a"},"res":"x"}""")]
    [TestCase(""" { "d\u0061ta" : { "mess\u0061ge" : "\u0061" } , "res" : "x" } """)]
    public void DataInAnyLayout_IsFound(string frame) =>
        Assert.That(TaloMessage.Parse(frame).DataAs(Json.GeneratedChat).Message, Is.EqualTo("a"));

    [TestCase("""{"res":"x","data":[]}""")]
    [TestCase("""{"res":"x","data":"secret"}""")]
    [TestCase("""{"res":"x","data":7}""")]
    [TestCase("""{"res":"x","data":{'secret':1}}""")]
    [TestCase("""{"res":"x","data":{/* secret */}}""")]
    [TestCase("""{"res":"x","data":{"secret":NaN}}""")]
    [TestCase("""{"res":"x","data":{}secret}}""")]
    [TestCase("""{"res":"x","data":{"message":"secret"}}}""")]
    public void BrokenData_IsTheFaultOfTheOtherWays(string frame)
    {
        var message = TaloMessage.Parse(frame);
        var expected = Assert.Throws<TaloPayloadException>(() => _ = message.Data)!;
        Assert.That(Assert.Throws<TaloPayloadException>(() => message.DataAs(Json.GeneratedChat))!.Message, Is.EqualTo(expected.Message));
        Assert.That(Assert.Throws<TaloPayloadException>(() => message.DataAs(Json.Int32))!.Message, Is.EqualTo(expected.Message));
    }

    [TestCase(63, false)]
    [TestCase(64, true)]
    [TestCase(9000, true)]
    public void Depth_IsLimited(int depth, bool tooDeep)
    {
        var message = TaloMessage.Parse("""{"res":"x","data":{"a":""" + new string('[', depth) + new string(']', depth) + "}}");
        if (tooDeep) Assert.Throws<TaloPayloadException>(() => message.DataAs(Json.GeneratedChat));
        else Assert.That(message.DataAs(Json.GeneratedChat).Rest, Has.Count.EqualTo(1));
    }

    [TestCase("""{"chats":[{"message":"a"},{"message":["secret"]}]}""", "chats[1].message")]
    [TestCase("""{"chats":[{"playerAlias":{"player":{"props":[{"key":"a"},{"key":["secret"]}]}}}]}""", "chats[0].playerAlias.player.props[1].key")]
    [TestCase("""{"chats":[{"playerAlias":7}]}""", "chats[0].playerAlias")]
    [TestCase("""{"count":"secret"}""", "count")]
    public void WhatDoesNotFit_NamesTheMemberAndNoContent(string data, string path)
    {
        var message = TaloMessage.Parse($$"""{"res":"x","data":{{data}}}""");
        var fault = Assert.Throws<TaloPayloadException>(() => message.DataAs(Json.GeneratedLog))!;
        Assert.That((fault.Res, fault.Path), Is.EqualTo(("x", path)));
        Assert.That(fault.ToString(), Does.Not.Contain("secret"));
    }

    [Test]
    public void AMemberThatTheTypeRequires_MustBeThere() =>
        Assert.Throws<TaloPayloadException>(() => TaloMessage.Parse("""{"res":"x"}""").DataAs(Json.GeneratedDemand));

    [Test]
    public void AnExceptionOfAConverterOfTheGame_ComesThrough() => Assert.That(
        Assert.Throws<FormatException>(() => TaloMessage.Parse("""{"res":"x"}""").DataAs(Json.GeneratedFailure))!.Message, Is.EqualTo("mine"));

    [Test]
    public void WhatBecomesNull_IsAPayloadFault() =>
        Assert.Throws<TaloPayloadException>(() => TaloMessage.Parse("""{"res":"x"}""").DataAs(Json.GeneratedNothing));

    [TestCase("""\ud800""", "\uFFFD")]
    [TestCase("""\uDC00\uD800x""", "\uFFFD\uFFFDx")]
    [TestCase("""\ud800\ud83d\ude00""", "\uFFFD😀")]
    [TestCase("""\ud83d\ude00""", "😀")]
    [TestCase("""\\ud800\\\ud800""", """\ud800\""" + "\uFFFD")]
    public void HalfAPair_IsReplacedAsInTheOtherWays(string json, string text)
    {
        var message = TaloMessage.Parse($$$"""{"res":"x","data":{"message":"{{{json}}}","playerAlias":{"identifier":"{{{json}}}"} } }""");
        Assert.That(message.DataAs(Json.GeneratedChat).Message, Is.EqualTo(text));
        Assert.That(message.DataAs(Json.GeneratedChat).PlayerAlias!.Identifier, Is.EqualTo(text));
        Assert.That(message.Data["message"]!.Value<string>(), Is.EqualTo(text));
        Assert.That(message.DataAs<GeneratedDemand>().Message, Is.EqualTo(text));
    }

    [Fuzz]
    [TestCaseSource(typeof(Reference), nameof(Reference.Names))]
    public void AnyText_IsWhatDataSays(string res) => Exploration.ForAnyRandom(random =>
    {
        var data = Mutation.Harmless(random, JToken.Parse(Reference.Data[res])).ToString(Newtonsoft.Json.Formatting.None);
        var message = TaloMessage.Parse($$"""{"res":"x","data":{{data}}}""");
        var read = message.DataAs(Json.DictionaryStringJsonElement);
        var again = JsonSerializer.Serialize(read, Json.DictionaryStringJsonElement);
        Assert.That(JToken.DeepEquals(JToken.Parse(again), JToken.Parse(data)), Is.True);
    }, 20);

    [Test]
    public void AnEntity_IsTheOneThatTheLibraryReads()
    {
        var message = TaloMessage.Parse(Reference.Frame("v1.channels.message"));
        Assert.That(message.DataAs(Json.ChannelMessage), Is.EqualTo(message.DataAs<ChannelMessage>()));
        Assert.That(message.DataAs(Json.GeneratedChat).PlayerAlias, Is.EqualTo(message.DataAs<ChannelMessage>().PlayerAlias));
    }

    [Test]
    public void ACode_IsItsText()
    {
        const string Data = """{"subscription":null,"relationshipType":"bidirectional","errorCode":"NEW"}""";
        var read = TaloMessage.Parse($$"""{"res":"x","data":{{Data}}}""").DataAs(Json.GeneratedRelationship);
        var none = TaloMessage.Parse("""{"res":"x","data":{"errorCode":null}}""").DataAs(Json.GeneratedRelationship);

        var expected = new GeneratedRelationship(null, RelationshipType.Bidirectional, new TaloSocketErrorCode("NEW"));
        Assert.That(read, Is.EqualTo(expected));
        Assert.That(JsonSerializer.Serialize(read, Json.GeneratedRelationship), Is.EqualTo(Data));
        Assert.That(none.ErrorCode, Is.EqualTo(default(TaloSocketErrorCode)));
    }

    [Test]
    public void EveryEntity_IsReadAndWrittenAsByNewtonsoft()
    {
        foreach (var kind in EntityTable.All)
        {
            var entity = kind.Read(Reference.Utf8(kind.Json));
            var written = JsonSerializer.Serialize(entity, entity.GetType());
            Assert.That(written, Is.EqualTo(Newtonsoft.Json.JsonConvert.SerializeObject(entity)));
            Assert.That(JsonSerializer.Deserialize(written, entity.GetType()), Is.EqualTo(entity));
        }
    }

    [Test]
    public void ManyThreads_ReadOneMessage()
    {
        var message = TaloMessage.Parse(Reference.Frame("v1.channels.message"));
        var expected = JsonSerializer.Serialize(message.DataAs(Json.GeneratedChat), Json.GeneratedChat);
        Parallel.For(0, 500, _ =>
        {
            var read = JsonSerializer.Serialize(message.DataAs(Json.GeneratedChat), Json.GeneratedChat);
            Assert.That(read, Is.EqualTo(expected));
        });
    }
}
