using System;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Fuzz;

/// <summary>Frames that no server should send, through a whole client.</summary>
public sealed class FrameFuzzTests
{
    private const int Clients = 12;
    private const int Steps = 60;

    [Test, Fuzz(Weight = 30)]
    public void AnyFrames_HarmNothing() => Exploration.Explore(static seed =>
    {
        for (var i = 0; i < Clients; i++)
        {
            using var client = new FuzzedClient(seed + i);
            for (var step = 0; step < Steps; step++) client.Do(random => Step(client, random));
            client.End();
        }
    });

    private static void Step(FuzzedClient client, Random random)
    {
        switch (random.Next(24))
        {
            case 0:
                client.Advance(random.NextDouble() * random.NextDouble() * 120);
                break;
            case 1:
                client.Call("send", () => client.Talo.Channels.SendMessageAsync(41, "ahoy"));
                break;
            case 2:
                client.Call("deliver", () => client.Talo.Channels.DeliverAsync(41, "ahoy"));
                break;
            case 3 when random.Next(3) == 0:
                client.Session.Server.Link.CloseByPeer(random.Next(3) == 0 ? 3000 : 1000 + random.Next(16), "bye\u001b[0m\r\n");
                break;
            default:
                client.Receive();
                break;
        }
    }
}
