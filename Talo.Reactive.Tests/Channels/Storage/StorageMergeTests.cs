using System;
using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Channels.Storage;
using Talo.Reactive.Tests.Growth;

namespace Talo.Reactive.Tests.Channels.Storage;

public sealed class StorageMergeTests
{
    [Test, Fuzz]
    public void AnyInterleavingOfAnswersWritesAndReconnects_EndsInTheServersState() =>
        Exploration.ForAnyRandom(
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

    [Test, Fuzz]
    public void AnyWritesWhileAnAnswerIsAwaited_ComeToTheSameAsOneAfterTheOther() =>
        Exploration.ForAnyRandom(
            random =>
            {
                var answer = Values(random);
                var awaited = new StorageMerge();
                var question = new object();
                awaited.Asked(question, Watched);
                var known = Known(answer);
                for (var i = random.Next(6); i > 0; i--)
                {
                    var write = Values(random) is { Length: > 0 } values ? "+" + values.Replace(" ", " +") : "-t[]=1";
                    awaited.Written(Update(write));
                    known.Written(Update(write));
                }

                awaited.Answered(question, Watched, Props(answer));
                Assert.That(Text(awaited), Is.EqualTo(Text(known)));
            },
            runs: 500);

    [Test]
    public void ManyWritesWhileAnAnswerIsAwaited_AreNotKept()
    {
        var merge = new StorageMerge();
        var question = new object();
        merge.Asked(question, Watched);
        for (var i = 0; i < 1000; i++) merge.Written(Update($"+t[]={i} +t[]={i + 1}"));
        Assert.That(Reachable.BytesFrom(merge), Is.LessThan(10_000));
        merge.Answered(question, Watched, Props("t[]=1000 t[]=999"));
        Assert.That(Text(merge), Is.EqualTo("t[]=999 t[]=1000"));
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

    private static string Values(Random random) =>
        string.Join(' ', Enumerable.Range(0, 5).OrderBy(_ => random.Next()).Take(random.Next(6)).Select(static x => $"t[]={x}"));

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
