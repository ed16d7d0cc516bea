using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.Channels.Storage;

public sealed class StorageCallsTests
{
    private static readonly object Gold = new { key = "gold", value = "80" };
    private PlayedSession _session = null!;

    private TaloChannels Channels => _session.Talo.Channels;

    [SetUp]
    public void Start() => _session = new PlayedSession().Identified();

    [TearDown]
    public void Stop() => _session.Dispose();

    [Test]
    public void Get_ReadsTheEntry()
    {
        Answer("GET", "", new { prop = Gold });
        Assert.That(Done(Channels.GetStoragePropAsync(41, "gold & silver[]")), Is.Null, "another key is not the answer");
        Assert.That(LastCall, Is.EqualTo("GET /v1/game-channels/41/storage?propKey=gold%20%26%20silver%5B%5D"));
        Assert.That(Done(Channels.GetStoragePropAsync(41, "gold")), Is.EqualTo(new ChannelStorageProp { Key = "gold", Value = "80" }));
        Assert.That(_session.Server.Http.Calls[^1].Header("x-talo-alias"), Is.EqualTo($"{_session.Talo.CurrentAlias!.Id}"));
    }

    [TestCase("""{"prop":null}""")]
    [TestCase("{}")]
    public void Get_OfWhatIsNotThere_IsNull(string body)
    {
        _session.Server.Http.On("GET", "/v1/game-channels/41/storage").Reply(200, body);
        Assert.That(Done(Channels.GetStoragePropAsync(41, "gold")), Is.Null);
    }

    [Test]
    public void List_AsksForFiftyAtATime_AndKeepsTheOrder()
    {
        var storage = new ScriptedStorage(_session);
        storage.Write("k0=a k60=b k119=c", told: false);
        var found = Done(Channels.ListStoragePropsAsync(41, Enumerable.Range(0, 120).Reverse().Select(i => $"k{i}")));
        Assert.That(found.Select(x => x.Value), Is.EqualTo(new[] { "c", "b", "a" }));
        Assert.That(storage.Reads.Select(x => x.Split(' ').Length), Is.EqualTo(new[] { 50, 50, 20 }));
    }

    [Test]
    public void List_OfLongKeys_StaysWithinWhatAnAddressMayHold()
    {
        var storage = new ScriptedStorage(_session);
        Done(Channels.ListStoragePropsAsync(41, Enumerable.Range(0, 50).Select(i => new string('ä', 120) + i)));
        Assert.That(storage.Reads.Sum(x => x.Split(' ').Length), Is.EqualTo(50));
        Assert.That(_session.Server.Http.Calls.Max(x => x.PathAndQuery.Length), Is.LessThan(8000));
    }

    [Test]
    public void GetArray_ReadsTheValues_WithOrWithoutBrackets()
    {
        new ScriptedStorage(_session).Write("t[]=b t[]=a", told: false);
        Assert.That(Done(Channels.GetStoragePropArrayAsync(41, "t")), Is.EqualTo(new[] { "b", "a" }));
        Assert.That(Done(Channels.GetStoragePropArrayAsync(41, "t[]")), Is.EqualTo(new[] { "b", "a" }));
        Assert.That(Done(Channels.GetStoragePropArrayAsync(41, "u")), Is.Empty);
    }

    [Test]
    public void Set_SendsValuesAndDeletions_AndTellsWhatBecameOfThem()
    {
        Answer("PUT", "", new
        {
            channel = new { id = 41, name = "harbour" },
            upsertedProps = new[] { Gold },
            deletedProps = new[] { new { key = "old", value = "1" } },
            failedProps = new[] { new { key = "motto", error = "PROP_VALUE_TOO_LONG", message = "too long" } },
        });
        var failed = new List<ChannelStorageResult>();
        Channels.StoragePropsFailedToSet.Subscribe(failed.Add);
        var props = new[] { new Prop { Key = "gold", Value = "80" }, new Prop { Key = "old" }, new Prop { Key = "motto", Value = "…" } };
        var result = Done(Channels.SetStoragePropsAsync(41, props));
        Assert.That(
            _session.Server.Http.Calls[^1].Json["props"]!.ToString(Newtonsoft.Json.Formatting.None),
            Is.EqualTo("""[{"key":"gold","value":"80"},{"key":"old","value":null},{"key":"motto","value":"…"}]"""));
        Assert.That(result.UpsertedProps.Single().Key, Is.EqualTo("gold"));
        Assert.That(result.DeletedProps.Single().Key, Is.EqualTo("old"));
        Assert.That(result.FailedProps.Single(), Is.EqualTo(new RejectedProp { Key = "motto", Error = "PROP_VALUE_TOO_LONG", Message = "too long" }));
        Assert.That(failed, Is.EqualTo(new[] { result }));
    }

    [Test]
    public void SetWithoutFailures_IsNotTold()
    {
        Answer("PUT", "", new { channel = new { id = 41 } });
        var failed = new List<ChannelStorageResult>();
        Channels.StoragePropsFailedToSet.Subscribe(failed.Add);
        Done(Channels.SetStoragePropAsync(41, "gold", "80"));
        Assert.That(failed, Is.Empty);
    }

    [Test]
    public void Writes_SayWhatTheyMean()
    {
        Answer("PUT", "", new { channel = new { id = 41 } });
        Assert.That(Sent(Channels.SetStoragePropAsync(41, "a", null)), Is.EqualTo("a=null"));
        Assert.That(Sent(Channels.SetStoragePropArrayAsync(41, "t", ["x", "y"])), Is.EqualTo("t[]=x t[]=y"));
        Assert.That(Sent(Channels.SetStoragePropArrayAsync(41, "t[]", [])), Is.EqualTo("t[]=null"));
        Assert.That(Sent(Channels.DeleteStoragePropsAsync(41, ["a", "t[]"])), Is.EqualTo("a=null t[]=null"));
    }

    [Test]
    public void Refusal_IsPassedOn()
    {
        _session.Server.Http.On("PUT", "/v1/game-channels/41/storage").Reply(403, new { message = "This player is not a member of the channel" });
        var write = Channels.SetStoragePropAsync(41, "a", "1");
        _session.Settle();
        Assert.That(((TaloException)PlayedSession.Error(write)).Status, Is.EqualTo(403));
    }

    [Test]
    public void MissingArguments_AreTheGamesMistake()
    {
        Assert.That(() => Channels.GetStoragePropAsync(41, ""), Throws.ArgumentException);
        Assert.That(() => Channels.ListStoragePropsAsync(41, []), Throws.ArgumentException);
        Assert.That(() => Channels.ListStoragePropsAsync(41, ["a", null!]), Throws.ArgumentException);
        Assert.That(() => Channels.GetStoragePropArrayAsync(41, null!), Throws.ArgumentException);
        Assert.That(() => Channels.SetStoragePropsAsync(41, []), Throws.ArgumentException);
        Assert.That(() => Channels.SetStoragePropsAsync(41, [null!]), Throws.ArgumentException);
        Assert.That(() => Channels.SetStoragePropArrayAsync(41, "t", [null!]), Throws.ArgumentException);
        Assert.That(() => Channels.DeleteStoragePropsAsync(41, null!), Throws.ArgumentNullException);
        Assert.That(() => Channels.GetStoragePropAsync(41, "\ud83d"), Throws.ArgumentException, "half a character");
        Assert.That(() => Channels.SetStoragePropAsync(41, "t", "\ud83d"), Throws.ArgumentException);
        Assert.That(() => Channels.SetStoragePropArrayAsync(41, "t", ["\ud83d"]), Throws.ArgumentException);
    }

    private string LastCall => _session.Server.Http.Calls[^1].ToString().Split(": ")[0];

    private void Answer(string method, string rest, object body) =>
        _session.Server.Http.On(method, "/v1/game-channels/41/storage" + rest).Reply(200, body);

    private string Sent(Task<ChannelStorageResult> write)
    {
        Done(write);
        return string.Join(' ', _session.Server.Http.Calls[^1].Json["props"]!.Select(x => $"{x["key"]}={x["value"]!.ToObject<string>() ?? "null"}"));
    }

    private T Done<T>(Task<T> task)
    {
        for (var i = 0; i < 5 && !task.IsCompleted; i++) _session.Settle();
        return PlayedSession.Result(task);
    }
}
