using System.Linq;
using System.Text;
using FsCheck.Fluent;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Tests.Wire;

public sealed class PayloadTests
{
    [TestCase("""{"id":{}}""", "id", "expected a 32-bit integer, found an object")]
    [TestCase("""{"id":1.5}""", "id", "expected a 32-bit integer, found a number")]
    [TestCase("""{"id":99999999999}""", "id", "expected a 32-bit integer, found a number")]
    [TestCase("""{"id":"x"}""", "id", "expected a 32-bit integer, found a string")]
    [TestCase("""{"displayName":[]}""", "displayName", "expected a string, found an array")]
    [TestCase("""{"player":7}""", "player", "expected an object, found a number")]
    [TestCase("""{"player":{"devBuild":{}}}""", "player.devBuild", "expected true or false, found an object")]
    [TestCase("""{"player":{"props":{}}}""", "player.props", "expected an array, found an object")]
    [TestCase("""{"player":{"props":[{"key":"a"},{"key":{}}]}}""", "player.props[1].key", "expected a string, found an object")]
    [TestCase("""{"player":{"props":[null,[]]}}""", "player.props[1]", "expected an object, found an array")]
    [TestCase("""{"x":[{"y":[1,2]}],"player":{"presence":{"online":[]}}}""", "player.presence.online", "expected true or false, found an array")]
    [TestCase("[]", "", "expected an object, found an array")]
    [TestCase("null", "", "expected an object, found null")]
    public void WrongType_NamesTheMemberAndWhatWasExpected(string json, string path, string problem)
    {
        var fault = Fault(json);
        Assert.That((fault.Path, fault.Problem), Is.EqualTo((path, problem)));
        Assert.That(fault.Message, Does.Contain(problem));
    }

    [TestCase("{")]
    [TestCase("""{"id":1""")]
    [TestCase("""{"id":1}x""")]
    [TestCase("{} {}")]
    [TestCase("{}}")]
    [TestCase("{} \"secret")]
    [TestCase("""{"id":01}""")]
    [TestCase("""{'id':1}""")]
    [TestCase("   ")]
    public void BrokenJson_IsAPayloadFaultWithoutContent(string json) =>
        Assert.That(Fault(json).Message, Does.Not.Contain("secret"));

    [Test]
    public void MembersThatFollowTheValue_AreIgnored() =>
        Assert.That(Read("""{"id":1},"more":{"id":2}""").Id, Is.EqualTo(1));

    [Test]
    public void Nothing_ReadsAsAnEmptyObject() => Assert.That(Read(""), Is.EqualTo(new PlayerAlias()));

    [Test]
    public void InvalidUtf8_IsAPayloadFault()
    {
        foreach (var json in new[] { "{\"displayName\":\"\u00ff\"}", "{\"\u00ff\":1,\"id\":{}}", "{\"\\u0061\u00ff\":1,\"id\":{}}" })
        {
            Assert.Throws<TaloPayloadException>(() => Payload.Read(Encoding.Latin1.GetBytes(json), PlayerAliasJson.Read));
        }
    }

    [TestCase(64, false)]
    [TestCase(65, true)]
    [TestCase(100_000, true)]
    public void Depth_IsLimited(int depth, bool tooDeep)
    {
        var json = "{\"unknown\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}";
        if (tooDeep) Assert.Throws<TaloPayloadException>(() => Read(json));
        else Assert.That(Read(json), Is.EqualTo(new PlayerAlias()));
    }

    [Test, Fuzz]
    public void RandomBytes_ThrowNothingButPayloadFaults()
    {
        Exploration.ForAll(ArbMap.Default.ArbFor<byte[]>(), ReadAll);
        Exploration.ForAnyRandom(random =>
            ReadAll(Mutation.OfBytes(random, Reference.Data.Values.ElementAt(random.Next(Reference.Data.Count)))), 600);
    }

    [Test, Fuzz]
    public void RandomTypes_ThrowNothingButPayloadFaults()
    {
        int read = 0, refused = 0;
        Exploration.ForAnyRandom(random =>
        {
            var json = JToken.Parse(Reference.Data.Values.ElementAt(random.Next(Reference.Data.Count)));
            var utf8 = Reference.Utf8(Mutation.Maimed(random, json, wrongTypes: true).ToString());
            foreach (var kind in EntityTable.All)
            {
                if (kind.CanRead(utf8)) read++;
                else refused++;
            }
        }, 200);
        Assert.That((read > 0, refused > 0), Is.EqualTo((true, true)));
    }

    private static void ReadAll(byte[] json)
    {
        foreach (var kind in EntityTable.All) kind.CanRead(json);
    }

    private static PlayerAlias Read(string json) => Payload.Read(Reference.Utf8(json), PlayerAliasJson.Read);

    private static TaloPayloadException Fault(string json) => Assert.Throws<TaloPayloadException>(() => Read(json))!;
}
