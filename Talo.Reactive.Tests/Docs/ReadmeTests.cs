using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Loopback;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Docs;

public sealed class ReadmeTests
{
    [Test]
    public void MarbleSnippet_IsTrue()
    {
        // snippet: marbles
        var scheduler = new TestScheduler().StartAt(DateTimeOffset.UnixEpoch);
        var server = new ScriptedTalo(scheduler);
        using var talo = new TaloClient(new TaloClientOptions
        {
            AccessKey = "any", ApiUrl = "https://talo.test", Scheduler = scheduler,
            Transport = server.Transport, HttpTransport = server.Http, Random = () => 0.5,
        });
        var seen = scheduler.Record(talo.Socket.States, s => s.Status.ToString()[0]);    // a marble a state, a frame a second

        scheduler.AdvanceBy(TimeSpan.FromSeconds(3));
        server.Link.Lose();                                                              // bad Wi-Fi
        scheduler.AdvanceBy(TimeSpan.FromSeconds(3));

        Assert.That(seen.ToMarbles(), Is.EqualTo("(DCC)--(WCC)"));                       // Disconnected, Connecting, Connected; Waiting, ...
        // end
    }

    [Test]
    public async Task LoopbackSnippet_IsTrue()
    {
        // snippet: loopback
        var clock = new ManualClock();
        await using var server = await LoopbackTalo.StartAsync(new() { Clock = clock });    // tickets, tokens, limits and pings obey the clock
        using var talo = new TaloClient(new TaloClientOptions { AccessKey = server.AccessKey, ApiUrl = server.ApiUrl.AbsoluteUri });
        await talo.Players.IdentifyAsync("username", "ada");
        await talo.Socket.WhenIdentifiedAsync();
        var config = talo.Socket.Messages.Where(m => m.Res == "v1.live-config.updated").FirstAsync().ToTask();

        server.Faults.DelayFrames(TimeSpan.FromMilliseconds(80), jitter: TimeSpan.FromMilliseconds(40));    // bad Wi-Fi, in time of the clock
        server.Game.SetLiveConfig(("xpRate", "1.5"));                                       // what the owner of a game does in the dashboard
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That((await config).Data.ToString(), Does.Contain("xpRate"));
        // end
    }

    [Test]
    public void Snippets_AreTheCodeThatIsCompiledHere([Values("game", "own-type", "marbles", "loopback")] string name)
    {
        var source = name switch
        {
            "game" => "ReadmeGame.cs",
            "own-type" => "ReadmeOwnType.cs",
            _ => "ReadmeTests.cs",
        };
        Assert.That(InReadme(name), Is.EqualTo(InSource(SourceBeside(source), name)));
    }

    [Test]
    public void GameSnippet_FitsInTwelveLinesOfCode()
    {
        var code = InReadme("game").Where(line => line.Trim().Length > 0);
        Assert.That(code.Count(), Is.LessThanOrEqualTo(12));
    }

    private static string SourceBeside(string file, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, file);

    private static List<string> InReadme(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "README.md"));
        var begin = Array.FindIndex(lines, x => x == $"<!-- snippet: {name} -->") + 2;
        Assert.That(begin, Is.GreaterThan(1), $"README has no snippet {name}");
        return lines.Skip(begin).TakeWhile(x => x != "```").ToList();
    }

    private static List<string> InSource(string file, string name)
    {
        var lines = File.ReadAllLines(file)
            .SkipWhile(x => x.Trim() != $"// snippet: {name}")
            .Skip(1)
            .TakeWhile(x => x.Trim() != "// end")
            .ToList();
        var indent = lines.Where(x => x.Length > 0).Min(x => x.Length - x.TrimStart().Length);
        return lines.Select(x => x.Length == 0 ? x : x[indent..]).ToList();
    }
}
