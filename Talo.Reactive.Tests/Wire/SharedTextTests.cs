using System.Text;
using NUnit.Framework;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Tests.Wire;

/// <summary>Texts that say the same in many aliases are there once; what they say is what was sent.</summary>
public sealed class SharedTextTests
{
    [TestCase("username")]
    [TestCase("steam")]
    [TestCase("google_play_games")]
    public void AWellKnownService_IsOneString(string service)
    {
        var json = $$"""{"id":1,"service":"{{service}}"}""";
        var first = Read(json);
        var second = Read(json);
        Assert.That(first.Service, Is.EqualTo(service));
        Assert.That(second.Service, Is.SameAs(first.Service));
    }

    [TestCase("usernamf")]
    [TestCase("Username")]
    [TestCase("userna")]
    [TestCase("usernames")]
    [TestCase("guild")]
    [TestCase("")]
    public void AnyOtherService_IsWhatWasSent(string service) => Assert.That(Read($$"""{"service":"{{service}}"}""").Service, Is.EqualTo(service));

    [Test]
    public void AnEscapedService_IsUnescaped() => Assert.That(Read("""{"service":"\u0075sername"}""").Service, Is.EqualTo("username"));

    [Test]
    public void ADisplayNameLikeTheIdentifier_IsTheSameString()
    {
        var alias = Read("""{"identifier":"grace","displayName":"grace"}""");
        Assert.That(alias.DisplayName, Is.SameAs(alias.Identifier));
    }

    [TestCase("""{"identifier":"grace","displayName":"Grace"}""", "Grace")]
    [TestCase("""{"identifier":"grace","displayName":"gr\u0061ce"}""", "grace")]
    [TestCase("""{"identifier":"grace","displayName":""}""", "")]
    [TestCase("""{"identifier":"grace","displayName":null}""", "")]
    [TestCase("""{"identifier":"grace","displayName":7}""", "7")]
    [TestCase("""{"identifier":"7","displayName":7}""", "7")]
    [TestCase("""{"displayName":"grace","identifier":"ada"}""", "grace")]
    [TestCase("""{"identifier":"gräce","displayName":"gräce"}""", "gräce")]
    public void AnyOtherDisplayName_IsWhatWasSent(string json, string expected) => Assert.That(Read(json).DisplayName, Is.EqualTo(expected));

    private static PlayerAlias Read(string json) => Payload.Read(Encoding.UTF8.GetBytes(json), PlayerAliasJson.Read);
}
