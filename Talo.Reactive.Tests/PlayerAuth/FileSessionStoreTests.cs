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

    [Test]
    public async Task File_IsTheUsersAlone()
    {
        await store.SaveAsync(Ada, default);
        await store.SaveAsync(Ada with { Identifier = "grace" }, default);
        if (OperatingSystem.IsWindows()) return;
        Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("{\"playerId\":\"x\"}")]
    [TestCase("{\"playerId\":\"x\",\"sessionToken\":{\"a\":1},\"aliasId\":1}")]
    public void DamagedFile_IsAnError_ThatShowsNothingOfIt(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        var error = Assert.ThrowsAsync<IOException>(() => store.LoadAsync(default))!;
        Assert.That(error.Message, Does.Contain(file));
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
        await File.WriteAllTextAsync(file + ".new", "half of");
        Assert.That(await store.LoadAsync(default), Is.EqualTo(Ada));
        await store.SaveAsync(Ada with { AliasId = 7 }, default);
        Assert.That((await store.LoadAsync(default))!.AliasId, Is.EqualTo(7));
    }

    [Test]
    public async Task FolderThatCannotBeMade_IsAnError()
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "deeper"), "a file in the way");
        Assert.ThrowsAsync<IOException>(() => store.SaveAsync(Ada, default));
        Assert.That(() => new FileSessionStore(" "), Throws.ArgumentException);
    }

    [Test]
    public void Session_PrintsWhoseItIs_AndNoToken() => Assert.That($"{Ada}", Does.Contain("105").And.Not.Contain("a.b.c").And.Not.Contain("d.e.f"));
}
