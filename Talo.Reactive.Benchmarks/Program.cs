using System;
using System.Linq;
using System.Threading.Tasks;
using Talo.Reactive.Benchmarks.Receive;
using Talo.Reactive.Benchmarks.Sending;

namespace Talo.Reactive.Benchmarks;

internal static class Program
{
    private const string Usage = """
        dotnet run -c Release --project Talo.Reactive.Benchmarks -- <verb> [--quick]
          receive   the whole receive path beside what else one could use
        """;

    private static async Task<int> Main(string[] args)
    {
        var quick = args.Contains("--quick");
        switch (args.FirstOrDefault())
        {
            case SenderServer.Verb:
                return await SenderServer.RunAsync();
            case "receive":
                await ReceiveCommand.RunAsync("receive", ReceiveCases.All(), quick);
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 1;
        }
    }
}
