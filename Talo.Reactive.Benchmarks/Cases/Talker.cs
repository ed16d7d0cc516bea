using System;
using System.Threading.Tasks;
using Talo.Reactive.Benchmarks.Frames;
using Talo.Reactive.Benchmarks.Sending;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Benchmarks.Cases;

/// <summary>A client that has a player and may send as fast as it can.</summary>
internal static class Talker
{
    private const int Unlimited = 1_000_000;

    internal const int Room = Faces.FirstId + TaloFrames.Player;

    internal static async Task<TaloClient> ConnectAsync(SenderProcess sender, bool signed, bool echoes, ITransport? engine = null)
    {
        var client = new TaloClient(new TaloClientOptions
        {
            AccessKey = "benchmark",
            ApiUrl = sender.ApiUrl,
            Transport = engine,
            Pacing = new PacingOptions { IdentifiedLimit = Unlimited, UnidentifiedLimit = Unlimited },
            VerificationKey = signed ? new VerificationKey("1", "dGhlIGtleSBvZiBhIGJlbmNobWFyaw==") : null,
        });
        await client.Socket.OpenConnectionAsync();
        await IdentifyAsync(client);
        await client.Socket.SendAsync(Commands.Echo, new { on = echoes });
        return client;
    }

    internal static async Task IdentifyAsync(TaloClient client)
    {
        await client.Players.IdentifyAsync("username", "somebody");
        await client.Socket.WhenIdentifiedAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }
}
