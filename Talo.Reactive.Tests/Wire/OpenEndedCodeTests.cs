using System;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Wire;

public sealed class OpenEndedCodeTests
{
    private static readonly PropertyInfo[] Codes = typeof(TaloSocketErrorCode).GetProperties(BindingFlags.Public | BindingFlags.Static);

    [TestCase("RATE_LIMIT_EXCEEDED")]
    [TestCase("ROUTING_ERROR")]
    [TestCase("INVALID_MESSAGE")]
    [TestCase("INVALID_SIGNATURE")]
    [TestCase("NO_PLAYER_FOUND")]
    [TestCase("MISSING_ACCESS_KEY_SCOPES")]
    [TestCase("INVALID_MESSAGE_DATA")]
    [TestCase("INVALID_SOCKET_TOKEN")]
    [TestCase("INVALID_SESSION_TOKEN")]
    [TestCase("LISTENER_ERROR")]
    [TestCase("UNHANDLED_REQUEST")]
    public void CodeOfTheProtocol_HasItsName(string value)
    {
        Assert.That(Codes, Has.Length.EqualTo(11));
        var code = Codes.Select(property => (property.Name, Code: (TaloSocketErrorCode)property.GetValue(null)!))
            .Single(entry => entry.Code == new TaloSocketErrorCode(value));
        Assert.That(Regex.Replace(code.Name, "(?<=[a-z])(?=[A-Z])", "_").ToUpperInvariant(), Is.EqualTo(value));
        Assert.That((code.Code.Value, code.Code.ToString()), Is.EqualTo((value, value)));
    }

    [Test]
    public void OlderScopeSpelling_MeansTheSameAndKeepsItsText()
    {
        var older = TaloSocketError.Read("""{"errorCode":"MISSING_API_KEY_SCOPES"}"""u8).Code;
        Assert.That(older == TaloSocketErrorCode.MissingAccessKeyScopes && !(older != TaloSocketErrorCode.MissingAccessKeyScopes), Is.True);
        Assert.That(older.GetHashCode(), Is.EqualTo(TaloSocketErrorCode.MissingAccessKeyScopes.GetHashCode()));
        Assert.That(older.Value, Is.EqualTo("MISSING_API_KEY_SCOPES"));
    }

    [Test]
    public void UnknownCode_IsKept()
    {
        var code = TaloSocketError.Read("""{"errorCode":"SOMETHING_NEW"}"""u8).Code;
        Assert.That(code, Is.EqualTo(new TaloSocketErrorCode("SOMETHING_NEW")).And.Not.EqualTo(default(TaloSocketErrorCode)));
    }

    [Test]
    public void Nothing_IsTheEmptyCode()
    {
        var error = TaloSocketError.Read("{}"u8);
        Assert.That((error.Code == default, error.Code.Value, error.Code.ToString()), Is.EqualTo((true, "", "")));
        Assert.That(new TaloSocketErrorCode(""), Is.EqualTo(default(TaloSocketErrorCode)));
        Assert.Throws<ArgumentNullException>(() => _ = new TaloSocketErrorCode(null!));
    }

    [Test]
    public void Error_HasItsMembersAndATextWithoutTheCause()
    {
        var error = TaloSocketError.Read("""{"req":"v1.players.identify","message":"Bad","errorCode":"INVALID_MESSAGE_DATA","cause":"{\"socketToken\":\"secret\"}"}"""u8);
        Assert.That((error.Req, error.Code, error.Message), Is.EqualTo(("v1.players.identify", TaloSocketErrorCode.InvalidMessageData, "Bad")));
        Assert.That(error.Cause, Does.Contain("secret"));
        Assert.That(error.ToString(), Is.EqualTo("INVALID_MESSAGE_DATA (v1.players.identify): Bad"));
    }

    [Test]
    public void ErrorWithoutCause_HasNone() => Assert.That(TaloSocketError.Read("""{"req":"unknown"}"""u8).Cause, Is.Null);

    [TestCase("bidirectional", true)]
    [TestCase("unidirectional", false)]
    [TestCase("sideways", false)]
    public void RelationshipType_IsOpenEnded(string text, bool bidirectional)
    {
        var type = JsonConvert.DeserializeObject<RelationshipType>($"\"{text}\"");
        Assert.That((type == RelationshipType.Bidirectional, type.Value), Is.EqualTo((bidirectional, text)));
        Assert.That(JsonConvert.SerializeObject(type), Is.EqualTo($"\"{text}\""));
    }

    [Test]
    public void CodesInATypeOfAGame_ReadAndWrite()
    {
        var mine = JsonConvert.DeserializeObject<Mine>("""{"Code":"NEW","Maybe":null,"Type":null}""")!;
        Assert.That((mine.Code.Value, mine.Maybe, mine.Type), Is.EqualTo(("NEW", (TaloSocketErrorCode?)null, default(RelationshipType))));
        Assert.That(JsonConvert.SerializeObject(mine), Is.EqualTo("""{"Code":"NEW","Maybe":null,"Type":""}"""));
        Assert.Throws<JsonSerializationException>(() => JsonConvert.DeserializeObject<Mine>("""{"Code":{}}"""));
    }

    private sealed class Mine
    {
        public TaloSocketErrorCode Code { get; set; }

        public TaloSocketErrorCode? Maybe { get; set; }

        public RelationshipType Type { get; set; }
    }
}
