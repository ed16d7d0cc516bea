using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Examples;

public sealed class ChatRoomTests
{
    [TestCase]
#if WITH_WEBSOCKET_CLIENT
    [TestCase("--engine", "websocket-client")]
#endif
    public async Task WithoutATerminal_ChatRoomPlaysItsScriptThroughADrop_AndLosesNothing(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ChatRoom.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("TALO_ACCESS_KEY");
        using var chat = Process.Start(start)!;
        chat.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var output = chat.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = chat.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await chat.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!chat.HasExited) chat.Kill(entireProcessTree: true);
        }

        Assert.That(chat.ExitCode, Is.Zero, await output + await errors);
        Assert.That(await output, Does.Contain("Waiting").And.Contain("missed").And.Contain("grace heard all 5 lines"));
    }
}
