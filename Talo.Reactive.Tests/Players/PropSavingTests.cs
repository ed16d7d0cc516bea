using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using Talo.Reactive.Http;
using Talo.Reactive.Testing;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.Players;

/// <summary>Props of the current player: shown at once, saved together.</summary>
public sealed class PropSavingTests
{
    private const string Patch = "/v1/players/*";

    private PlayedSession session = null!;
    private List<PropsRejected> rejected = null!;

    private static TaloPlayers Players(PlayedSession session) => session.Talo.Players;

    private string Shown => string.Join(" ", session.Talo.CurrentPlayer!.Props);

    private string[] Patches =>
        [.. session.Server.Http.CallsTo("PATCH", Patch).Select(x => string.Join(" ", x.Json["props"]!.Select(p => $"{p["key"]}={p["value"]}")))];

    [SetUp]
    public void Start()
    {
        session = new PlayedSession().Identified();
        rejected = [];
        Players(session).PropsRejected.Subscribe(rejected.Add);
        session.Server.Http.On("PATCH", Patch).Reply(Stored);
    }

    [TearDown]
    public void End() => session.Dispose();

    // The server merges what it is sent into what it has.
    private readonly List<Prop> stored = [];

    [SetUp]
    public void Forget() => stored.Clear();

    private HttpReply Stored(HttpCall call)
    {
        var props = JObject.Parse(System.Text.Encoding.UTF8.GetString(call.Body!.Value.Span))["props"]!;
        stored.RemoveAll(x => props.Any(p => (string?)p["key"] == x.Key));
        stored.AddRange(props.Where(p => p["value"]!.Type != JTokenType.Null).Select(p => new Prop((string)p["key"]!, (string)p["value"]!)));
        return Answer();
    }

    private HttpReply Answer(params object[] rejectedProps) => ScriptedReply.Json(200, new
    {
        player = new { id = session.Talo.CurrentPlayer!.Id, props = stored.Select(x => new { key = x.Key, value = x.Value }), aliases = Array.Empty<object>() },
        rejectedProps,
    });

    [Test]
    public void Changes_ShowAtOnce_AndGoTogether_WhenTheGameIsQuiet()
    {
        Players(session).SetProp("level", "1");
        Assert.That(Shown, Is.EqualTo("level=1"));
        session.Advance(0.9);
        Players(session).SetProp("level", "2");
        Players(session).SetProp("gold", "5");
        Players(session).DeleteProp("none");
        Assert.That(Shown, Is.EqualTo("level=2 gold=5"));
        session.Advance(0.9);
        Assert.That(Patches, Is.Empty);
        session.Advance(0.2);
        Assert.That(Patches, Is.EqualTo(new[] { "level=2 gold=5 none=" }));
        Assert.That(Shown, Is.EqualTo("level=2 gold=5"));
        Assert.That(session.Server.Http.CallsTo("PATCH", Patch).Single().Path, Is.EqualTo($"/v1/players/{session.Talo.CurrentPlayer!.Id}"));
    }

    [Test]
    public void ChangeOfEachFrame_IsSavedAllTheSame()
    {
        for (var i = 0; i < 600; i++)
        {
            Players(session).SetProp("x", $"{i}");
            session.Advance(1 / 60.0);
        }

        Assert.That(Patches, Has.Length.InRange(1, 3), "10 s, at most 5 s apart");
        session.Advance(2);
        Assert.That(Patches[^1], Is.EqualTo("x=599"));
    }

    [Test]
    public void NextRequest_WaitsForTheOneUnderWay()
    {
        session.Server.Http.On("PATCH", Patch).After(TimeSpan.FromSeconds(5)).ReplyOnce(Stored);
        Players(session).SetProp("level", "1");
        session.Advance(1.1);
        Players(session).SetProp("level", "2");
        Players(session).SetProp("gold", "5");
        session.Advance(4);
        Assert.That((Patches.Length, Shown), Is.EqualTo((1, "level=2 gold=5")));
        session.Advance(2.1);
        Assert.That(Patches, Is.EqualTo(new[] { "level=1", "level=2 gold=5" }));
        Assert.That(Shown, Is.EqualTo("level=2 gold=5"));
    }

    [TestCase(503)]
    [TestCase(429)]
    public void NetworkTrouble_IsTriedAgain_UnderWhatIsNewer(int status)
    {
        session.Server.Http.On("PATCH", Patch).ReplyOnce(status, new { message = "later" }).ReplyOnce(status, new { message = "later" });
        Players(session).SetProp("level", "1");
        Players(session).SetProp("kept", "k");
        session.Advance(1.01);
        Assert.That(Patches, Has.Length.EqualTo(1));
        Players(session).SetProp("level", "2");
        Assert.That(Shown, Is.EqualTo("kept=k level=2"));
        session.Advance(200);
        Assert.That(Patches, Is.EqualTo(new[] { "level=1 kept=k", "kept=k level=2", "kept=k level=2" }));
        Assert.That((rejected.Count, session.Faults.Count, session.Talo.HasIdentity), Is.EqualTo((0, 0, true)));
    }

    [Test]
    public void RefusedForGood_IsReported_AndNoLongerShown()
    {
        session.Server.Http.On("PATCH", Patch).ReplyOnce(403, new { message = "Missing access key scope(s): write:players" });
        Players(session).SetProp("level", "1");
        session.Advance(5);
        Assert.That((Patches.Length, Shown), Is.EqualTo((1, "")));
        Assert.That((rejected.Single().Props.Single().Key, rejected[0].Error!.Status), Is.EqualTo(("level", 403)));
        Assert.That(session.Faults.Single().Text, Does.Contain("level"));
        Players(session).SetProp("level", "2");
        session.Advance(2);
        Assert.That((Patches.Length, Shown), Is.EqualTo((2, "level=2")), "a later change is a new story");
    }

    [Test]
    public void RejectedProp_IsReported_AndTheServersValuesShow()
    {
        session.Server.Http.On("PATCH", Patch).ReplyOnce(_ => Answer(new { key = "name", error = "PROP_CONTAINS_PROFANITY", message = "Prop value contains profanity" }));
        Players(session).SetProp("name", "darn");
        session.Advance(2);
        Assert.That(rejected.Single().Props, Is.EqualTo(new[] { new RejectedProp { Key = "name", Error = "PROP_CONTAINS_PROFANITY", Message = "Prop value contains profanity" } }));
        Assert.That((rejected[0].Alias.Identifier, rejected[0].Error, Shown), Is.EqualTo(("ada", (TaloException?)null, "")));
    }

    [Test]
    public void Flush_SavesAtOnce_AndEndsWhenItIsSaved()
    {
        session.Server.Http.On("PATCH", Patch).After(TimeSpan.FromSeconds(3)).ReplyOnce(Stored);
        Players(session).SetProp("level", "1");
        var flush = Players(session).FlushPropsAsync();
        session.Settle();
        Players(session).SetProp("level", "2");
        var both = Players(session).FlushPropsAsync();
        Assert.That((Patches.Length, flush.IsCompleted), Is.EqualTo((1, false)));
        session.Advance(3);
        Assert.That((Patches.Length, flush.IsCompletedSuccessfully, both.IsCompletedSuccessfully), Is.EqualTo((2, true, true)));
        var nothing = Players(session).FlushPropsAsync();
        session.Settle();
        Assert.That((Patches.Length, nothing.IsCompletedSuccessfully), Is.EqualTo((2, true)));
    }

    [Test]
    public void Update_AnswersWithThePlayer_AndFailsTransient_WithoutLosingAnything()
    {
        session.Server.Http.On("PATCH", Patch).ReplyOnce(502, "");
        Players(session).SetProp("gold", "5");
        var update = Players(session).UpdateAsync([new Prop("level", "1"), new Prop("tags[]", "a"), new Prop("tags[]", "b")]);
        session.Settle();
        Assert.That(((TaloException)PlayedSession.Error(update)).IsTransient, Is.True);
        Assert.That(Shown, Is.EqualTo("gold=5 level=1 tags[]=a tags[]=b"));
        update = Players(session).UpdateAsync([new Prop("level", "2")]);
        session.Settle();
        Assert.That(string.Join(" ", PlayedSession.Result(update).Player.Props), Is.EqualTo("gold=5 tags[]=a tags[]=b level=2"));
        session.Advance(60);
        Assert.That(Patches, Has.Length.EqualTo(2));
    }

    [Test]
    public void AnotherIdentity_SavesWhatIsLeft_AsTheOldPlayer_Once()
    {
        var id = session.Talo.CurrentPlayer!.Id;
        Players(session).SetProp("level", "1");
        session.Identified("grace");
        var call = session.Server.Http.CallsTo("PATCH", Patch).Single();
        Assert.That((call.Path, call.Header("x-talo-alias"), Shown), Is.EqualTo(($"/v1/players/{id}", (string?)null, "")));
        session.Advance(60);
        Assert.That(Patches, Has.Length.EqualTo(1));
    }

    [Test]
    public void AnotherIdentity_WithoutANetwork_SaysWhatIsLost()
    {
        session.Server.Http.On("PATCH", Patch).Fail();
        Players(session).SetProp("level", "1");
        Players(session).ClearIdentity();
        session.Advance(60);
        Assert.That((Patches.Length, rejected.Single().Props.Single().Key, rejected[0].Alias.Identifier), Is.EqualTo((1, "level", "ada")));
        Assert.That(session.Faults, Has.Count.EqualTo(1));
    }

    [Test]
    public void Reconnect_KeepsShowingWhatIsNotSaved()
    {
        session.Server.Http.On("PATCH", Patch).Never();
        Players(session).SetProp("level", "1");
        session.Server.Link.Lose();
        session.Advance(3);
        Assert.That((session.Talo.Socket.IsIdentified, Shown), Is.EqualTo((true, "level=1")));
    }

    [Test]
    public void Dispose_SaysWhatIsLost()
    {
        Players(session).SetProp("level", "1");
        session.Talo.Dispose();
        Assert.That(session.Faults.Single().Text, Does.Contain("level").And.Contain("FlushPropsAsync"));
    }

    [Test]
    public void DisposeAsync_SavesFirst()
    {
        Players(session).SetProp("level", "1");
        var end = session.Talo.DisposeAsync().AsTask();
        session.Advance(2.1);
        Assert.That((Patches.Single(), end.IsCompletedSuccessfully, session.Faults.Count), Is.EqualTo(("level=1", true, 0)));
    }

    [Test]
    public void DisposeAsync_WithoutANetwork_EndsAllTheSame()
    {
        session.Server.Http.On("PATCH", Patch).Never();
        Players(session).SetProp("level", "1");
        var end = session.Talo.DisposeAsync().AsTask();
        session.Advance(2.1);
        Assert.That((end.IsCompletedSuccessfully, session.Faults.Count), Is.EqualTo((true, 1)));
    }

    [Test]
    public void Arrays_AreSetInsertedIntoAndRemovedFrom()
    {
        var players = Players(session);
        players.SetPropArray("tags", ["a", "b", "a"]);
        players.InsertIntoPropArray("tags[]", "c");
        players.InsertIntoPropArray("tags", "b");
        players.RemoveFromPropArray("tags", "a");
        Assert.That(session.Talo.CurrentPlayer!.GetPropArray("tags"), Is.EqualTo(new[] { "b", "c" }));
        session.Advance(1.1);
        Assert.That(Patches, Is.EqualTo(new[] { "tags[]=b tags[]=c" }));
        players.InsertIntoPropArray("tags", "b");
        players.RemoveFromPropArray("tags", "z");
        session.Advance(1.1);
        Assert.That(Patches, Has.Length.EqualTo(1), "nothing changed");
        players.RemoveFromPropArray("tags", "b");
        players.RemoveFromPropArray("tags", "c");
        session.Advance(1.1);
        Assert.That(Patches[^1], Is.EqualTo("tags[]="));
        players.SetPropArray("tags[]", ["x"]);
        players.DeletePropArray("tags");
        Assert.That(Shown, Is.Empty);
    }

    [Test]
    public void Arguments_AreChecked_AndAPlayerIsNeeded()
    {
        var players = Players(session);
        Assert.That(() => players.SetProp(" ", "x"), Throws.ArgumentException);
        Assert.That(() => players.SetProp("k", null!), Throws.ArgumentNullException);
        Assert.That(() => players.SetProp("k[]", "x"), Throws.ArgumentException.With.Message.Contains("SetPropArray"));
        Assert.That(() => players.SetProp("k", "\ud83d"), Throws.ArgumentException);
        Assert.That(() => players.SetPropArray("k", []), Throws.ArgumentException);
        Assert.That(() => players.DeletePropArray("[]"), Throws.ArgumentException);
        Assert.That(() => players.UpdateAsync([]), Throws.ArgumentException);
        Assert.That(() => players.UpdateAsync([new Prop("", "x")]), Throws.ArgumentException);
        players.ClearIdentity();
        Assert.That(() => players.SetProp("k", "x"), Throws.TypeOf<TaloException>());
        Assert.That(() => players.FlushPropsAsync(), Throws.TypeOf<TaloException>());
        session.Talo.Dispose();
        Assert.That(() => players.SetProp("k", "x"), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void PlayerHelpers_ReadPropsGroupsAndAliases()
    {
        var player = new Player
        {
            Props = [new("level", "7"), new("tags[]", "a"), new("tags[]", "b")],
            Groups = [new PlayerGroup { Id = "g-1", Name = "Winners" }],
            Aliases = [new PlayerAlias { Service = "steam", Identifier = "1" }],
        };
        Assert.That((player.GetProp("level"), player.GetProp("gold"), player.GetProp("gold", "0")), Is.EqualTo(("7", (string?)null, "0")));
        Assert.That(player.GetPropArray("tags"), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(player.GetPropArray("none[]"), Is.Empty);
        Assert.That((player.IsInGroupId("G-1"), player.IsInGroupName("Winners"), player.IsInGroupName("winners")), Is.EqualTo((true, true, false)));
        Assert.That((player.GetAlias("steam")!.Identifier, player.GetAlias("epic")), Is.EqualTo(("1", (PlayerAlias?)null)));
    }
}
