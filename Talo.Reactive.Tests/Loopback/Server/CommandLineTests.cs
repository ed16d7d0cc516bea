using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Loopback;

namespace Talo.Reactive.Tests.Loopback.Server;

[TestFixture]
public sealed class CommandLineTests
{
    private readonly List<Process> started = [];

    [TearDown]
    public void EndWhatStillRuns()
    {
        foreach (var process in started)
        {
            if (!process.HasExited) process.Kill();
            process.Dispose();
        }

        started.Clear();
    }

    [TestCase("--help", 0, "--port <number>")]
    [TestCase("--port x", 2, "--port takes a number from 0 to 65535, not 'x'.")]
    [TestCase("--port 65536", 2, "--port takes a number from 0 to 65535, not '65536'.")]
    [TestCase("--port", 2, "--port is not an option or lacks its value.")]
    [TestCase("--rate-limits maybe", 2, "--rate-limits takes on, off, or two numbers as 20,100, not 'maybe'.")]
    [TestCase("--rate-limits 20,0", 2, "--rate-limits takes on, off, or two numbers as 20,100, not '20,0'.")]
    [TestCase("--scopes read:player", 2, "'read:player' is not a scope of Talo. They are *, read:players,")]
    [TestCase("--verification v1", 2, "--verification takes a version and a key, as v1=secret.")]
    [TestCase("--live-config xpRate", 2, "--live-config takes a key and a value, as xpRate=1.5.")]
    [TestCase("--live-config META_X=1", 1, "'META_X' starts with META_, which only Talo's own keys do.")]
    [TestCase("--colour blue", 2, "--colour is not an option.")]
    public async Task BadArguments_EndWithWhatToDo(string arguments, int exitCode, string text)
    {
        var process = Start(arguments);

        var output = await process.StandardOutput.ReadToEndAsync().InTime()
            + await process.StandardError.ReadToEndAsync().InTime();
        await process.WaitForExitAsync().InTime();

        Assert.That(output, Does.Contain(text));
        Assert.That(process.ExitCode, Is.EqualTo(exitCode));
    }

    [Test]
    public async Task StandAlone_PrintsItsAddressAndEndsOnSigterm()
    {
        var process = Start("--scopes read:players --verification v1=secret --rate-limits 5,6");
        var lines = new string[7];
        for (var i = 0; i < lines.Length; i++)
            lines[i] = (await process.StandardOutput.ReadLineAsync().InTime())!;

        using (var kill = Process.Start("kill", $"-TERM {process.Id}"))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync().InTime();

        Assert.That(lines[0], Does.Match("^TALO_API_URL=http://127.0.0.1:[0-9]+$"));
        Assert.That(lines[1], Does.Match("^TALO_SOCKET_URL=ws://127.0.0.1:[0-9]+$"));
        Assert.That(lines[2], Does.Match("^TALO_ACCESS_KEY=[^.]+[.][^.]+[.][^.]+$"));
        Assert.That(lines[3], Does.Match("^TALO_ACCESS_KEY_READONLY=[^.]+[.][^.]+[.][^.]+$"));
        Assert.That(lines[4], Does.Match("^TALO_ACCESS_KEY_VERIFIED=[^.]+[.][^.]+[.][^.]+$"));
        Assert.That(lines[5], Is.EqualTo("TALO_VERIFICATION_KEY_VERSION=v1"));
        Assert.That(process.ExitCode, Is.Zero);
    }

    [Test]
    public async Task LiveConfigOfTheCommandLine_IsServed()
    {
        var process = Start("--live-config xpRate=1.5 --live-config motd=a=b");
        var lines = new string[3];
        for (var i = 0; i < lines.Length; i++)
            lines[i] = (await process.StandardOutput.ReadLineAsync().InTime())!;

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("authorization", $"Bearer {lines[2]["TALO_ACCESS_KEY=".Length..]}");
        var config = await http.GetStringAsync(lines[0]["TALO_API_URL=".Length..] + "/v1/game-config").InTime();
        process.Kill();
        await process.WaitForExitAsync().InTime();

        Assert.That(config, Is.EqualTo("""{"config":[{"key":"xpRate","value":"1.5"},{"key":"motd","value":"a=b"}]}"""));
    }

    private Process Start(string arguments)
    {
        var process = Process.Start(new ProcessStartInfo(
            "dotnet", $"\"{Path.ChangeExtension(typeof(LoopbackTalo).Assembly.Location, ".dll")}\" {arguments}")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        started.Add(process);
        return process;
    }
}
