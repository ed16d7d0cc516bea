using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Docs;

public sealed class ReadmeTests
{
    [Test]
    public void MarbleSnippet_IsTrue()
    {
        // snippet: marbles
        var scheduler = TestScheduler.AtUnixEpoch();
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
    public void Snippets_AreTheCodeThatIsCompiledHere([Values("game", "marbles")] string name)
    {
        var source = name == "game" ? SourceBeside("ReadmeGame.cs") : SourceBeside("ReadmeTests.cs");
        Assert.That(InReadme(name), Is.EqualTo(InSource(source, name)));
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
