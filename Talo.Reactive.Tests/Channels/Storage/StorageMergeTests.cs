using System;
using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Channels.Storage;
using Talo.Reactive.Tests.Wire;

namespace Talo.Reactive.Tests.Channels.Storage;

public sealed class StorageMergeTests
{
    [Test]
    public void AnyInterleavingOfAnswersWritesAndReconnects_EndsInTheServersState() =>
        Property.ForAnyRandom(
            random =>
            {
                var storage = new PlayedStorage(random);
                for (var round = 0; round < 5; round++)
                {
                    storage.Play(steps: random.Next(60));
                    Assert.That(storage.Client, Is.EqualTo(storage.Server));
                }
            },
            runs: 500);

    // "+k=v" upserted, "-k=v" deleted.
    [TestCase("a=1", "+a=2", "a=2")]
    [TestCase("a=1", "-a=1", "")]
    [TestCase("", "+a=1", "a=1")]
    [TestCase("a=1", "+z=1", "a=1")]
    [TestCase("t[]=1 t[]=2", "+t[]=3 +t[]=2 -t[]=1", "t[]=2 t[]=3")]
    [TestCase("t[]=1 t[]=2", "-t[]=1 -t[]=2", "")]
    [TestCase("t[]=1", "+t[]=1", "t[]=1")]
    [TestCase("", "+t[]=2 +t[]=1", "t[]=2 t[]=1")]
    public void Write_IsTheKeysNewState(string before, string write, string after)
    {
        var merge = Known(before);
        merge.Written(Update(write));
        Assert.That(Text(merge), Is.EqualTo(after));
    }

    [Test]
    public void WriteBetweenQuestionAndAnswer_IsReplayedOnTheAnswer()
    {
        var merge = new StorageMerge();
        var question = new object();
        merge.Asked(question, Watched);
        merge.Written(Update("+a=2"));
        Assert.That(merge.Read(1, Watched), Is.Null);
        merge.Answered(question, Watched, Props("a=1 t[]=1"));
        Assert.That(Text(merge), Is.EqualTo("a=2 t[]=1"));
    }

    [Test]
    public void AnswerFromBeforeALostLink_IsIgnored()
    {
        var merge = Known("a=1");
        var question = new object();
        merge.Asked(question, Watched);
        merge.Lost();
        merge.Answered(question, Watched, Props("a=2"));
        Assert.That(Text(merge), Is.EqualTo("a=1"));
    }

    [Test]
    public void KeyThatDiffersInCase_IsNotTheKey()
    {
        var merge = Known("A=1");
        Assert.That(Text(merge), Is.Empty);
    }

    private static readonly string[] Watched = ["a", "t[]"];

    private static StorageMerge Known(string props)
    {
        var merge = new StorageMerge();
        var question = new object();
        merge.Asked(question, Watched);
        merge.Answered(question, Watched, Props(props));
        return merge;
    }

    private static string Text(StorageMerge merge) => string.Join(' ', merge.Read(1, Watched)!.Props);

    private static ChannelStorageUpdated Update(string write) => new()
    {
        UpsertedProps = Props(string.Join(' ', write.Split(' ').Where(x => x[0] == '+').Select(x => x[1..]))),
        DeletedProps = Props(string.Join(' ', write.Split(' ').Where(x => x[0] == '-').Select(x => x[1..]))),
    };

    private static ChannelStorageProp[] Props(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(x => x.Split('='))
            .Select(x => new ChannelStorageProp { Key = x[0], Value = x[1] })];
}
