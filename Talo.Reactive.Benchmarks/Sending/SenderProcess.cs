using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace Talo.Reactive.Benchmarks.Sending;

/// <summary>The sender, from the side of the receivers: started as a process of its own, ended with this.</summary>
internal sealed class SenderProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly int port;

    private SenderProcess(Process process, int port)
    {
        this.process = process;
        this.port = port;
    }

    internal string ApiUrl => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    internal Uri Socket => new(string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{port}/?ticket=none"));

    internal Uri Hub => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/hub"));

    internal static async Task<SenderProcess> StartAsync()
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("This program does not know its own path.");
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") start.ArgumentList.Add(typeof(SenderProcess).Assembly.Location);
        start.ArgumentList.Add(SenderServer.Verb);

        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync();
        return int.TryParse(line, CultureInfo.InvariantCulture, out var port)
            ? new SenderProcess(process, port)
            : throw new InvalidOperationException("The sender did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
