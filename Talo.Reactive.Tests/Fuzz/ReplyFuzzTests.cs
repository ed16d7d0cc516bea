using System;
using System.Linq;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Fuzz;

/// <summary>HTTP replies that no server should give, to every call that there is.</summary>
public sealed class ReplyFuzzTests
{
    private const int Clients = 25;
    private const int Calls = 12;

    [Test, Fuzz(Weight = 30)]
    public void AnyReplies_HarmNothing() => Exploration.Explore(static seed =>
    {
        for (var i = 0; i < Clients; i++)
        {
            using var client = new FuzzedClient(seed + i);
            if (i % 2 == 0) client.SignedIn();
            client.IsHostile = true;
            for (var step = 0; step < Calls; step++)
            {
                client.Do(random =>
                {
                    var call = PublicCalls.All[random.Next(PublicCalls.All.Count)];
                    client.Call(PublicCalls.NameOf(call), () => PublicCalls.Make(client.Talo, call));
                    client.Advance(random.NextDouble() * random.NextDouble() * 60);
                });
            }

            client.End();
        }
    });

    [Test, Fuzz(Weight = 10)]
    public void AnyReplies_ToEveryCallInTurn_HarmNothing() => Exploration.Explore(static seed =>
    {
        foreach (var call in PublicCalls.All)
        {
            using var client = new FuzzedClient(seed).SignedIn();
            client.IsHostile = true;
            client.Call(PublicCalls.NameOf(call), () => PublicCalls.Make(client.Talo, call));
            client.Advance(5);
            client.End();
        }
    });

    [Test]
    public void EveryCall_SucceedsWithTheGoodBody([ValueSource(nameof(Names))] string name)
    {
        using var client = new FuzzedClient(1);
        if (name.StartsWith(nameof(TaloPlayerAuth), StringComparison.Ordinal)) client.SignedIn();
        foreach (var call in PublicCalls.All)
        {
            if (PublicCalls.NameOf(call) != name) continue;
            var task = PublicCalls.Make(client.Talo, call);
            client.Advance(60);
            Assert.That(task.IsCompletedSuccessfully, Is.True, $"{task.Status} {task.Exception}");
        }

        client.End();
    }

    private static string[] Names => [.. PublicCalls.All.Select(PublicCalls.NameOf).Distinct()];
}
