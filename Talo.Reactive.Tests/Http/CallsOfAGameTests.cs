using System;
using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.Http;

/// <summary>What a game's values and a server's answers may do to a call.</summary>
public sealed class CallsOfAGameTests
{
    private PlayedSession _session = null!;

    [SetUp]
    public void Start() => _session = new PlayedSession().Connected().Identified();

    [TearDown]
    public void End() => _session.Dispose();

    [TestCase(".")]
    [TestCase("..")]
    [TestCase("%2e")]
    [TestCase(".%2E")]
    [TestCase("%2E%2e")]
    public void IdThatWouldMakeAnotherCall_IsRefusedBeforeTheCall(string id) => AssertRefusedBeforeTheCall(id);

    [Test]
    public void IdWithHalfACharacter_IsRefusedBeforeTheCall() => AssertRefusedBeforeTheCall("half of a pair \ud83d");

    private void AssertRefusedBeforeTheCall(string id)
    {
        var calls = _session.Server.Http.Calls.Count;
        // Not as tasks, for which NUnit would wait: in virtual time they end when somebody advances it.
        Assert.That(() => { _ = _session.Talo.Players.FindAsync(id); }, ThrowsFor("playerId"));
        Assert.That(() => { _ = _session.Talo.PlayerPresence.GetAsync(id); }, ThrowsFor("playerId"));
        Assert.That(() => _session.Talo.PlayerPresence.Of(id), ThrowsFor("playerId"));
        Assert.That(() => { _ = _session.Talo.Players.MergeAsync("p-1", id); }, ThrowsFor("playerId2"));
        _session.Settle();
        Assert.That(_session.Server.Http.Calls, Has.Count.EqualTo(calls));

        static NUnit.Framework.Constraints.IResolveConstraint ThrowsFor(string name) =>
            Throws.ArgumentException.With.Property(nameof(ArgumentException.ParamName)).EqualTo(name);
    }

    [TestCase("a/b", "a%2Fb")]
    [TestCase("../a", "..%2Fa")]
    [TestCase("a?b#c", "a%3Fb%23c")]
    [TestCase("...", "...")]
    [TestCase("%2e%2e%2e", "%252e%252e%252e")]
    public void SlashOrQuestionMarkInAnId_StaysPartOfIt(string id, string segment)
    {
        _session.Talo.Players.FindAsync(id);
        _session.Settle();
        Assert.That(_session.Server.Http.Calls[^1].PathAndQuery, Is.EqualTo($"/v1/players/{segment}"));
        _session.Talo.PlayerPresence.GetAsync(id);
        _session.Settle();
        Assert.That(_session.Server.Http.Calls[^1].PathAndQuery, Is.EqualTo($"/v1/players/presence/{segment}"));
    }

    [TestCase(1_000)]
    [TestCase(16_000_000)]
    public void ErrorBodyOfAnySize_IsShownByItsBeginning_AndNotParsedWhereItCannotBeTalos(int numbers)
    {
        var body = $$"""{"message":"what is wrong","numbers":[{{string.Concat(Enumerable.Repeat("0,", numbers))}}0]}""";
        _session.Server.Http.On("GET", "/v1/players/p-1").Reply(400, body);
        var find = _session.Talo.Players.FindAsync("p-1");
        var before = GC.GetAllocatedBytesForCurrentThread();
        _session.Settle();

        Assert.That(PlayedSession.Error(find).Message, Does.Contain("400").And.Contain("what is wrong"));
        // The bytes of the text, and no document of twelve bytes for each number.
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(body.Length * 3L + 1_000_000));
    }

    [TestCase(301)]
    [TestCase(302)]
    [TestCase(307)]
    [TestCase(308)]
    public void CallAnsweredByARedirect_IsAnErrorThatSaysSo(int status)
    {
        _session.Server.Http.On("GET", "/v1/players/p-1").Reply(status, "", ("location", "https://elsewhere.test/v1/players/p-1"));
        var find = _session.Talo.Players.FindAsync("p-1");
        _session.Settle();

        var error = (TaloException)PlayedSession.Error(find);
        Assert.That((error.Status, error.IsTransient), Is.EqualTo((status, false)));
        Assert.That(error.Message, Does.Contain($"{status}").And.Contain("not followed").And.Contain("ApiUrl").And.Not.Contain("elsewhere"));
        Assert.That(_session.Server.Http.Calls.Count(x => x.Path == "/v1/players/p-1"), Is.EqualTo(1));
    }
}
