using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.PlayerAuth;

/// <summary>A session in a file.</summary>
public sealed class FileSessionStoreTests
{
    private static readonly PlayerSession Ada = new() { PlayerId = "3f0c7a52", AliasId = 105, Identifier = "ada \"ä\" 🙂", SessionToken = "a.b.c", RefreshToken = "d.e.f" };

    private string folder = null!;
    private string file = null!;
    private FileSessionStore store = null!;

    [SetUp]
    public void Start()
    {
        folder = Path.Combine(Path.GetTempPath(), $"talo-{Guid.NewGuid():N}");
        file = Path.Combine(folder, "deeper", "session.json");
        store = new FileSessionStore(file);
    }

    [TearDown]
    public void End()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Saved_IsLoaded_UntilItIsCleared()
    {
        Assert.That(await store.LoadAsync(default), Is.Null);
        await store.SaveAsync(Ada, default);
        Assert.That(await new FileSessionStore(file).LoadAsync(default), Is.EqualTo(Ada));
        var next = Ada with { SessionToken = "x", RefreshToken = null };
        await store.SaveAsync(next, default);
        Assert.That(await store.LoadAsync(default), Is.EqualTo(next));
        await store.ClearAsync(default);
        await store.ClearAsync(default);
        Assert.That(await store.LoadAsync(default), Is.Null);
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(file)!), Is.Empty, "nothing is left beside it");
    }

#if !NETSTANDARD_BUILD
    // The netstandard2.1 build has no call for it.
    [Test]
    public async Task File_IsTheUsersAlone()
    {
        await store.SaveAsync(Ada, default);
        await store.SaveAsync(Ada with { Identifier = "grace" }, default);
        if (OperatingSystem.IsWindows()) Assert.Ignore("Windows has no such modes.");
        else Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }
#endif

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("{\"playerId\":\"x\"}")]
    [TestCase("{\"version\":1,\"playerId\":\"x\",\"sessionToken\":\"t\"}")]
    [TestCase("{\"version\":1,\"playerId\":\"x\",\"aliasId\":0,\"sessionToken\":\"t\"}")]
    [TestCase("{\"playerId\":\"x\",\"aliasId\":1,\"sessionToken\":\"t\"}")]
    [TestCase("{\"version\":0,\"playerId\":\"x\",\"aliasId\":1,\"sessionToken\":\"t\"}")]
    [TestCase("{\"version\":1,\"playerId\":\"x\",\"aliasId\":1,\"sessionToken\":\"s3cr3t\\u0000\"}")]
    [TestCase("{\"version\":1,\"playerId\":\"x\",\"aliasId\":1,\"sessionToken\":\"s3cr3t\\u001b[2J\"}")]
    [TestCase("{\"version\":1,\"playerId\":\"x\",\"aliasId\":1,\"sessionToken\":\"s3cr3t\\r\\nx: y\"}")]
    [TestCase("{\"version\":1,\"playerId\":\"x\",\"aliasId\":1,\"sessionToken\":\"s3cr3t\\u00e4\"}")]
    [TestCase("{\"version\":1,\"playerId\":\"x\\u007f\",\"aliasId\":1,\"sessionToken\":\"s3cr3t\"}")]
    [TestCase("{\"playerId\":\"x\",\"sessionToken\":{\"a\":1},\"aliasId\":1}")]
    public void DamagedFile_IsAnError_ThatShowsNothingOfIt(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        var error = Assert.ThrowsAsync<IOException>(() => store.LoadAsync(default))!;
        Assert.That(error.Message, Does.Contain(file));
        Assert.That(error.ToString(), Does.Not.Contain("s3cr3t"));
    }

    [TestCase("{\"version\":99,\"playerId\":\"x\",\"aliasId\":1,\"sessionToken\":\"t\"}")]
    [TestCase("{\"version\":2,\"aliasId\":\"of another kind\"}")]
    public async Task FileOfALaterVersion_IsAnError_AndIsNeverSavedOver(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text);
        Assert.That(() => store.LoadAsync(default), Throws.InstanceOf<IOException>().With.Message.Contain("version").And.Message.Contain("update the game"));
        Assert.That(() => store.SaveAsync(Ada, default), Throws.InstanceOf<IOException>().With.Message.Contain("version").And.Message.Contain("clear"));
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(text));
        await store.ClearAsync(default);
        await store.SaveAsync(Ada, default);
        Assert.That(await store.LoadAsync(default), Is.EqualTo(Ada));
    }

    [Test]
    public async Task FileThatIsNoSessionByItsSize_IsNotReadWhole_AndNotSavedOver()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, new byte[100_000]);
        Assert.That(() => store.LoadAsync(default), Throws.InstanceOf<IOException>().With.Message.Contain("too large"));
        Assert.That(() => store.SaveAsync(Ada, default), Throws.InstanceOf<IOException>().With.Message.Contain("too large"));
    }

    [TestCase("\0")]
    [TestCase("\u001b")]
    [TestCase("\n")]
    [TestCase("é")]
    public void SessionThatNoCallCanShow_IsRefusedWithoutItsToken(string character)
    {
        var error = Assert.Throws<ArgumentException>(() => store.SaveAsync(Ada with { SessionToken = "s3cr3t" + character }, default))!;
        Assert.That(error.ParamName, Is.EqualTo("session"));
        Assert.That(error.ToString(), Does.Not.Contain("s3cr3t"));
        Assert.That(() => store.SaveAsync(Ada with { AliasId = 0 }, default), Throws.ArgumentException);
        Assert.That(Directory.Exists(folder), Is.False);
    }

    [Test]
    public async Task EveryCutOffFile_IsAnErrorOrTheSession_NeverAHalf()
    {
        await store.SaveAsync(Ada, default);
        var whole = await File.ReadAllBytesAsync(file);
        foreach (var length in Enumerable.Range(0, whole.Length))
        {
            await File.WriteAllBytesAsync(file, whole[..length]);
            Assert.ThrowsAsync<IOException>(() => store.LoadAsync(default), $"{length} bytes");
        }
    }

    [Test]
    public async Task CrashInASave_LeavesTheOldSession_AndHindersNoLaterOne()
    {
        await store.SaveAsync(Ada, default);
        var left = await LeaveAsync("half of");
        Assert.That(await store.LoadAsync(default), Is.EqualTo(Ada));
        await store.SaveAsync(Ada with { AliasId = 7 }, default);
        Assert.That((await store.LoadAsync(default))!.AliasId, Is.EqualTo(7));
        Assert.That(File.Exists(left), Is.False);
    }

    [Test]
    public async Task WhatACrashLeft_GoesWithClear_AndNobodyElsesFiles()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var others = new[] { file + ".new", file + ".backup.new", Path.Combine(Path.GetDirectoryName(file)!, $"other.json.{Guid.NewGuid():N}.new") };
        foreach (var other in others) await File.WriteAllTextAsync(other, "another's");
        await LeaveAsync("tokens");
        await store.ClearAsync(default);
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(file)!), Is.EquivalentTo(others));
    }

    [Test]
    public async Task WhatAnotherProcessIsWriting_IsLeftToIt()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var left = await LeaveAsync("half");
        using (new FileStream(left, FileMode.Open, FileAccess.Write, FileShare.Delete))
        {
            await store.SaveAsync(Ada, default);
            Assert.That(File.Exists(left), Is.True);
            await store.ClearAsync(default);
            Assert.That(File.Exists(left), Is.True);
        }

        await store.ClearAsync(default);
        Assert.That(File.Exists(left), Is.False);
    }

    [Test]
    public void ReplacementThatFails_LeavesNoTokenBeside()
    {
        Directory.CreateDirectory(Path.Combine(file, "a folder in the way"));
        Assert.That(() => store.SaveAsync(Ada, default), Throws.InstanceOf<IOException>());
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(file)!), Is.Empty);
    }

    [Test]
    public async Task LinkThatLeadsNowhere_IsSavedOver_AndCleared()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.CreateSymbolicLink(file, Path.Combine(folder, "nowhere"));
        Assert.That(await store.LoadAsync(default), Is.Null);
        await store.SaveAsync(Ada, default);
        Assert.That(await store.LoadAsync(default), Is.EqualTo(Ada));

        File.Delete(file);
        File.CreateSymbolicLink(file, Path.Combine(folder, "nowhere"));
        await store.ClearAsync(default);
        Assert.That(new FileInfo(file).LinkTarget, Is.Null);
    }

    [Test]
    public async Task SavesThatRaceOnOneFile_AllSucceed_AndLeaveOneSession()
    {
        const int Saves = 300;
        var racers = Enumerable.Range(1, 3).Select(i => Task.Run(async () =>
        {
            var own = new FileSessionStore(file);
            for (var save = 0; save < Saves; save++) await own.SaveAsync(Ada with { AliasId = i }, default);
        })).ToArray();
        await Task.WhenAll(racers).InTime();
        Assert.That((await store.LoadAsync(default))! with { AliasId = Ada.AliasId }, Is.EqualTo(Ada));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(file)!), Is.EqualTo(new[] { file }));
    }

    [TestCase("/")]
    [TestCase("folder/")]
    [TestCase("./")]
    public void PathOfAFolder_IsRefused(string path) =>
        Assert.That(() => new FileSessionStore(path), Throws.ArgumentException.With.Property("ParamName").EqualTo("path").And.Message.Contains("name of the file"));

    [Test]
    public async Task FolderThatCannotBeMade_IsAnError()
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "deeper"), "a file in the way");
        Assert.ThrowsAsync<IOException>(() => store.SaveAsync(Ada, default));
        Assert.That(() => new FileSessionStore(" "), Throws.ArgumentException);
    }

    private async Task<string> LeaveAsync(string text)
    {
        var left = $"{file}.{Guid.NewGuid():N}.new";
        await File.WriteAllTextAsync(left, text);
        return left;
    }

    [Test]
    public void Session_PrintsWhoseItIs_AndNoToken() => Assert.That($"{Ada}", Does.Contain("105").And.Not.Contain("a.b.c").And.Not.Contain("d.e.f"));
}
