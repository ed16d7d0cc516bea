using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.Channels;

/// <summary>What each call of channels sends, and what it makes of the answer.</summary>
public sealed class ChannelCallsTests
{
    private static readonly object Harbour = new { id = 41, name = "harbour", memberCount = 12 };

    private PlayedSession _session = null!;

    private TaloChannels Channels => _session.Talo.Channels;

    [SetUp]
    public void Start() => _session = new PlayedSession().Identified();

    [TearDown]
    public void Stop() => _session.Dispose();

    [Test]
    public void GetChannels_SendsItsFilters_AndNoPlayer()
    {
        Answer("GET", "/v1/game-channels", 200, PageOf(count: 51, isLast: false, Harbour));
        var search = new ChannelSearch { Text = "har bour&x", PropKey = "region", PropValue = "eu" };
        var page = Done(Channels.GetChannelsAsync(search, page: 1));
        Assert.That(page.Items.Single(), Is.EqualTo(new Channel { Id = 41, Name = "harbour", MemberCount = 12 }));
        Assert.That((page.Count, page.ItemsPerPage, page.IsLastPage), Is.EqualTo((51, 50, false)));
        Assert.That(LastCall, Is.EqualTo("GET /v1/game-channels?page=1&search=har%20bour%26x&propKey=region&propValue=eu"));
        Assert.That(_session.Server.Http.Calls[^1].Call.Header("x-talo-alias"), Is.Null);
    }

    [Test]
    public async Task GetAllChannels_AsksForPage_AfterPage()
    {
        var asked = _session.Server.Http;
        asked.On("GET", "/v1/game-channels?page=0").Reply(200, PageOf(3, false, Harbour, new { id = 42 }));
        asked.On("GET", "/v1/game-channels?page=1").Reply(200, PageOf(3, true, new { id = 43 }));
        var walk = IdsAsync(Channels.GetAllChannelsAsync());
        _session.Settle();
        _session.Settle();
        Assert.That(walk.IsCompleted, Is.True);
        Assert.That(await walk, Is.EqualTo(new[] { 41, 42, 43 }));
        Assert.That(asked.CallsTo("GET", "/v1/game-channels"), Has.Count.EqualTo(2));
    }

    [Test]
    public void GetSubscribedChannels_SendsThePlayer_AndTheProp()
    {
        Answer("GET", "/v1/game-channels/subscriptions", 200, new { channels = new[] { Harbour } });
        var channels = Done(Channels.GetSubscribedChannelsAsync("region", "eu"));
        Assert.That(channels.Select(x => x.Name), Is.EqualTo(new[] { "harbour" }));
        Assert.That(LastCall, Is.EqualTo("GET /v1/game-channels/subscriptions?propKey=region&propValue=eu"));
        AssertActsAsPlayer();
    }

    [TestCase("Missing access key scope(s): read:gameChannels", "Missing access key scope(s): read:gameChannels (give the access key the scope in the Talo dashboard)")]
    [TestCase("This player is not a member of the channel", "This player is not a member of the channel")]
    public void ARefusal_IsExplainedByItsReason(string said, string shown)
    {
        Answer("GET", "/v1/game-channels/41/members", 403, new { message = said });
        var members = Channels.GetMembersAsync(41);
        _session.Settle();
        Assert.That(PlayedSession.Error(members).Message, Is.EqualTo($"GET /v1/game-channels/41/members?page=0: 403 {shown}"));
    }

    [Test]
    public void GetMembers_UsesTheNamesThatTheServerReads()
    {
        Answer("GET", "/v1/game-channels/41/members", 200, new { members = new[] { new { id = 212, identifier = "grace" } }, count = 1, itemsPerPage = 50, isLastPage = true });
        var search = new ChannelMemberSearch
        {
            PlayerId = "p-1",
            AliasId = 212,
            Identifier = "grace",
            PropKey = "level",
            PropValue = "7",
            PlayerGroupId = "g-1",
        };
        var page = Done(Channels.GetMembersAsync(41, search, 2));
        Assert.That(page.Items.Single().Identifier, Is.EqualTo("grace"));
        Assert.That(
            LastCall,
            Is.EqualTo("GET /v1/game-channels/41/members?page=2&playerId=p-1&aliasId=212&identifier=grace&playerPropKey=level&playerPropValue=7&playerGroupId=g-1"));
        AssertActsAsPlayer();
    }

    [Test]
    public void Update_SendsOnlyWhatChanges()
    {
        Answer("PUT", "/v1/game-channels/41", 200, new { channel = Harbour });
        var changes = new ChannelChanges { Name = "new harbour", Props = [new Prop("region", null), new Prop("tide", "low")], Private = false };
        Assert.That(Done(Channels.UpdateAsync(41, changes)).Id, Is.EqualTo(41));
        Assert.That(LastBody, Is.EqualTo("""{"name":"new harbour","props":[{"key":"region","value":null},{"key":"tide","value":"low"}],"private":false}"""));
        AssertActsAsPlayer();
    }

    [Test]
    public void Update_WhosePropsAreRejected_SaysWhich()
    {
        Answer("PUT", "/v1/game-channels/41", 400, new
        {
            message = "Props rejected",
            rejectedProps = new[] { new { key = "k", error = "PROP_VALUE_TOO_LONG", message = "Prop value length (600) exceeds 512 characters" } },
        });
        var update = Channels.UpdateAsync(41, new ChannelChanges { Props = [new Prop("k", new string('x', 600))] });
        _session.Settle();
        var error = (TaloException)PlayedSession.Error(update);
        Assert.That(error.RejectedProps.Select(x => (x.Key, x.Error)), Is.EqualTo(new[] { ("k", "PROP_VALUE_TOO_LONG") }));
        Assert.That(error.IsTransient, Is.False);
    }

    [Test]
    public void TransferOwnership_NamesTheNewOwner()
    {
        Answer("PUT", "/v1/game-channels/41", 200, new { channel = Harbour });
        Done(Channels.TransferOwnershipAsync(41, 212));
        Assert.That(LastBody, Is.EqualTo("""{"ownerAliasId":212}"""));
    }

    [Test]
    public void RemovesOwner_IsSentAsNull()
    {
        Answer("PUT", "/v1/game-channels/41", 200, new { channel = Harbour });
        Done(Channels.UpdateAsync(41, new ChannelChanges { RemovesOwner = true }));
        Assert.That(LastBody, Is.EqualTo("""{"ownerAliasId":null}"""));
    }

    [Test]
    public void Invite_And_Delete_TakeAnAnswerWithoutABody()
    {
        Answer("POST", "/v1/game-channels/41/invite", 204, "");
        Answer("DELETE", "/v1/game-channels/41", 204, "");
        var invite = Channels.InviteAsync(41, 212);
        _session.Settle();
        Assert.That(invite.IsCompletedSuccessfully, Is.True);
        Assert.That(LastBody, Is.EqualTo("""{"inviteeAliasId":212}"""));
        var delete = Channels.DeleteAsync(41);
        _session.Settle();
        Assert.That(delete.IsCompletedSuccessfully, Is.True);
        Assert.That(LastCall, Is.EqualTo("DELETE /v1/game-channels/41"));
        AssertActsAsPlayer();
    }

    [Test]
    public void ArgumentsOfTheGame_AreCheckedBeforeAnythingIsSent()
    {
        var before = _session.Server.Http.Calls.Count;
        Assert.That(() => Channels.GetChannelsAsync(page: -1), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Channels.GetChannelsAsync(new ChannelSearch { PropValue = "eu" }), Throws.ArgumentException.With.Message.Contains("PropKey"));
        Assert.That(() => Channels.GetMembersAsync(41, new ChannelMemberSearch { PropValue = "7" }), Throws.ArgumentException);
        Assert.That(() => Channels.UpdateAsync(41, null!), Throws.ArgumentNullException);
        Assert.That(
            () => Channels.UpdateAsync(41, new ChannelChanges { OwnerAliasId = 1, RemovesOwner = true }),
            Throws.ArgumentException.With.Message.Contains("OwnerAliasId"));
        Assert.That(() => Channels.UpdateAsync(41, new ChannelChanges { Props = [new Prop("", "x")] }), Throws.ArgumentException);
        Assert.That(() => Channels.CreateAsync("x", new ChannelOptions { Props = [null!] }), Throws.ArgumentException);
        Assert.That(() => Channels.CreateAsync("\ud83d"), Throws.ArgumentException, "half a character");
        Assert.That(() => Channels.CreateAsync("x", new ChannelOptions { Props = [new Prop("k", "\ud83d")] }), Throws.ArgumentException);
        Assert.That(() => Channels.UpdateAsync(41, new ChannelChanges { Name = "\ud83d" }), Throws.ArgumentException);
        Assert.That(_session.Server.Http.Calls, Has.Count.EqualTo(before));
    }

    [Test]
    public void WithoutAPlayer_CallsThatNeedOne_SayWhatToDo()
    {
        _session.Talo.Players.ClearIdentity();
        Assert.That(() => Channels.GetSubscribedChannelsAsync(), Throws.TypeOf<TaloException>().With.Message.Contains("IdentifyAsync"));
        Assert.That(() => Channels.DeleteAsync(41), Throws.TypeOf<TaloException>());
    }

    private string LastCall => $"{_session.Server.Http.Calls[^1].Call.Method} {_session.Server.Http.Calls[^1].Call.Address.PathAndQuery}";

    private string LastBody => System.Text.Encoding.UTF8.GetString(_session.Server.Http.Calls[^1].Call.Body!.Value.Span);

    private static object PageOf(int count, bool isLast, params object[] channels) =>
        new { channels, count, itemsPerPage = 50, isLastPage = isLast };

    private static async Task<List<int>> IdsAsync(IAsyncEnumerable<Channel> channels)
    {
        var ids = new List<int>();
        await foreach (var channel in channels) ids.Add(channel.Id);
        return ids;
    }

    private void Answer(string method, string path, int status, object body) => _session.Server.Http.On(method, path).Reply(status, body);

    private void Answer(string method, string path, int status, string body) => _session.Server.Http.On(method, path).Reply(status, body);

    private T Done<T>(Task<T> task)
    {
        _session.Settle();
        return PlayedSession.Result(task);
    }

    private void AssertActsAsPlayer() =>
        Assert.That(
            _session.Server.Http.Calls[^1].Call.Header("x-talo-alias"),
            Is.EqualTo(_session.Talo.CurrentAlias!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
