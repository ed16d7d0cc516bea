using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (!CommandLine.TryParse(arguments, out var command, out var error))
        {
            await Console.Error.WriteLineAsync($"{error}{Environment.NewLine}{CommandLine.Usage}").ConfigureAwait(false);
            return 2;
        }
        if (command.WantsHelp)
        {
            Console.WriteLine(CommandLine.Usage);
            return 0;
        }
        try
        {
            await RunAsync(command).ConfigureAwait(false);
            return 0;
        }
        catch (Exception failure) when (failure is IOException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(failure.Message).ConfigureAwait(false);
            return 1;
        }
    }

    private static async Task RunAsync(CommandLine command)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

        await using var talo = await LoopbackTalo.StartAsync(command.ToOptions(Console.WriteLine)).ConfigureAwait(false);
        if (command.LiveConfig.Count > 0)
            talo.Game.SetLiveConfig([.. command.LiveConfig]);
        Console.WriteLine($"TALO_API_URL={talo.ApiUrl.GetLeftPart(UriPartial.Authority)}");
        Console.WriteLine($"TALO_SOCKET_URL={talo.SocketUrl.GetLeftPart(UriPartial.Authority)}");
        Console.WriteLine($"TALO_ACCESS_KEY={talo.AccessKey}");
        Console.WriteLine($"TALO_ACCESS_KEY_READONLY={talo.CreateAccessKey([.. Scopes.Reading])}");
        if (command.Verification is { } key)
        {
            var verified = talo.CreateGame();
            verified.EnableVerification(key.Version, key.Value);
            Console.WriteLine($"TALO_ACCESS_KEY_VERIFIED={verified.CreateAccessKey()}");
            Console.WriteLine($"TALO_VERIFICATION_KEY_VERSION={key.Version}");
        }
        Console.WriteLine("Ctrl+C stops it.");
        await stopping.Task.ConfigureAwait(false);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.TrySetResult();
        }
    }
}
