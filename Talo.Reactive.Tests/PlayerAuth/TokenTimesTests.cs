using System;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Talo.Reactive.Sessions;

namespace Talo.Reactive.Tests.PlayerAuth;

/// <summary>What a JWT says of its own time.</summary>
public sealed class TokenTimesTests
{
    private static readonly Config Runs = Exploration.Runs;

    private static string Jwt(string payload) => $"e30.{Convert.ToBase64String(Encoding.UTF8.GetBytes(payload)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.c2ln";

    [TestCase("""{"iat":1795346888,"exp":1795347788}""", 1795346888, 1795347788)]
    [TestCase("""{"playerId":"ÿþ~?>","exp":1795347788.9,"iat":null}""", null, 1795347788)]
    [TestCase("""{"iat":5}""", 5, null)]
    [TestCase("""{"iat":"5","exp":[1]}""", null, null)]
    [TestCase("""{"iat":-5,"exp":1e300}""", null, null)]
    [TestCase("""[1]""", null, null)]
    [TestCase("", null, null)]
    public void Payload_IsRead(string payload, long? issued, long? expires) =>
        Assert.That(TokenTimes.Of(Jwt(payload)), Is.EqualTo(new TokenTimes(issued, expires)));

    [Test, Fuzz]
    public void AnyText_SaysNothing_AndThrowsNothing() => FsCheck.Fluent.Prop.ForAll(
        ArbMap.Default.ArbFor<string>(),
        text => TokenTimes.Of(text ?? "") == default && TokenTimes.Of($"a.{text}.b") == default && TokenTimes.Of(Jwt(text ?? "")) == default).Explore(Runs);
}
