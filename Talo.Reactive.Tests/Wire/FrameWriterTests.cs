using System;
using System.Collections.Generic;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Tests.Wire;

public sealed class FrameWriterTests
{
    [Test]
    public void Identify_IsTheFrameOfTheProtocol() => Assert.That(
        Text(FrameWriter.Identify(105, "0c5a1f7e", "eyJh.e30.c2ln")),
        Is.EqualTo("""{"req":"v1.players.identify","data":{"playerAliasId":105,"socketToken":"0c5a1f7e","sessionToken":"eyJh.e30.c2ln"}}"""));

    [Test]
    public void IdentifyWithoutSession_LeavesTheMemberOut() => Assert.That(
        Text(FrameWriter.Identify(105, "t", null)),
        Is.EqualTo("""{"req":"v1.players.identify","data":{"playerAliasId":105,"socketToken":"t"}}"""));

    [Test]
    public void ChannelMessage_IsTheFrameOfTheProtocol() => Assert.That(
        Text(FrameWriter.ChannelMessage(41, "ahoy")),
        Is.EqualTo("""{"req":"v1.channels.message","data":{"channel":{"id":41},"message":"ahoy"}}"""));

    [Test]
    public void Broadcast_EscapesJsonInside() => Assert.That(
        Text(FrameWriter.Broadcast("""{"kind":"level-up","level":8}""")),
        Is.EqualTo("""{"req":"v1.player-relationships.broadcast","data":{"message":"{\"kind\":\"level-up\",\"level\":8}"}}"""));

    [Test]
    public void TextBeyondAscii_StaysUtf8() => Assert.That(
        Text(FrameWriter.Broadcast("é <b>'😀'</b> & +")),
        Does.Contain("\"é <b>'😀'</b> & +\""));

    [Test, Fuzz]
    public void AnyText_ComesBackAsItWas() =>
        Exploration.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            var sent = text.Get;
            foreach (var frame in new[] { FrameWriter.ChannelMessage(1, sent), FrameWriter.Any("r", new { message = sent }) })
            {
                var data = System.Text.Json.JsonDocument.Parse(frame).RootElement.GetProperty("data");
                Assert.That(data.GetProperty("message").GetString(), Is.EqualTo(sent));
            }
        });

    [Test]
    public void ControlCharacters_AreEscaped() =>
        Assert.That(Text(FrameWriter.Broadcast("a\n\0\u001f")), Does.Contain("""a\u000a\u0000\u001f"""));

    [Test]
    public void NullData_IsAnEmptyObject() => Assert.That(Text(FrameWriter.Any("x", null)), Is.EqualTo("""{"req":"x","data":{}}"""));

    [Test]
    public void DataOfAnyKindThatIsAnObject_IsWritten()
    {
        const string expected = """{"req":"x","data":{"a":1}}""";
        object[] all =
        [
            new { a = 1 }, new JObject { ["a"] = 1 }, new Dictionary<string, int> { ["a"] = 1 },
            System.Text.Json.JsonDocument.Parse("""{"a":1}""").RootElement, new JRaw("""{"a":1}"""),
            new System.Text.Json.Nodes.JsonObject { ["a"] = 1 },
        ];
        foreach (var data in all) Assert.That(Text(FrameWriter.Any("x", data)), Is.EqualTo(expected), data.GetType().Name);
    }

    [Test]
    public void Entity_IsWrittenWithTheNamesOfTheServer() => Assert.That(
        Text(FrameWriter.Any("x", new Prop("k", null))),
        Is.EqualTo("""{"req":"x","data":{"key":"k","value":null}}"""));

    [Test]
    public void DataThatIsNoObject_IsRefused()
    {
        object[] all =
        [
            "text", 7, true, new[] { 1 }, new JArray(), JValue.CreateNull(), new JRaw("{}{}"), new JRaw("{},\"x\":1"),
            new JRaw("{"), new JRaw(""), new JRaw("  "), System.Text.Json.JsonDocument.Parse("[]").RootElement,
        ];
        foreach (var data in all)
        {
            var fault = Assert.Throws<ArgumentException>(() => FrameWriter.Any("x", data), $"{data.GetType().Name} {data}");
            Assert.That(fault!.Message, Does.Contain("JSON object"));
        }
    }

    [Test]
    public void DataNestedTooDeeply_IsRefused()
    {
        var deep = new JObject();
        for (var i = 0; i < 80; i++) deep = new JObject { ["a"] = deep };
        Assert.That(Assert.Throws<ArgumentException>(() => FrameWriter.Any("x", deep))!.Message, Does.Contain("64"));
    }

    [Test]
    public void DataThatContainsItself_IsRefused()
    {
        var loop = new Dictionary<string, object>();
        loop["self"] = loop;
        Assert.Throws<ArgumentException>(() => FrameWriter.Any("x", loop));
    }

    [Test]
    public void HalfASurrogatePair_IsRefusedWithAdvice()
    {
        TestDelegate[] all =
        [
            () => FrameWriter.ChannelMessage(1, "a\ud83d"), () => FrameWriter.Broadcast("\ude00a"),
            () => FrameWriter.Identify(1, "\ud83d", null), () => FrameWriter.Identify(1, "t", "\ud83d"),
            () => FrameWriter.Any("x", new { a = "\ud83d" }), () => FrameWriter.Any("\ud83d", null),
            () => FrameWriter.Any("x", new JObject { ["\ud83d"] = 1 }),
        ];
        foreach (var write in all)
        {
            Assert.That(Assert.Throws<ArgumentException>(write)!.Message, Does.Contain("half of a surrogate pair").And.Contain("StringInfo"));
        }
    }

    private static string Text(byte[] frame) => new UTF8Encoding(false, true).GetString(frame);
}
