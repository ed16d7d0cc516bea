// One world for two players: a channel's storage as state. Both write at once; then one loses the network while the other
// builds on, and comes back to the same world. Ends with 1 if the two worlds differ.
//
//     dotnet run --project examples/SharedWorld
//
// Explorer.cs is what a game would keep; here is what happens to it. Everything in one process, no account, no set-up.
using System;
using System.Linq;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using System.Threading.Tasks;
using Examples.SharedWorld;
using Talo.Reactive;
using Talo.Reactive.Loopback;

await using var server = await LoopbackTalo.StartAsync();
await using var ada = new Explorer(server, "ada");
await using var grace = new Explorer(server, "grace");
await Task.WhenAll(ada.SignInAsync(), grace.SignInAsync());
await grace.LandOnAsync(await ada.DiscoverAsync("island"));

using var adasMap = ada.World.SubscribeGuarded(world => Console.WriteLine($"ada sees    {world}"));
using var gracesMap = grace.World.SubscribeGuarded(world => Console.WriteLine($"grace sees  {world}"));
await Task.WhenAll(Soon(ada.World), Soon(grace.World));

Console.WriteLine("-- both dig for gold at once, and the last one to tell is right");
await Task.WhenAll(DigAsync(ada, 10), DigAsync(grace, 11));
await SettleAsync();

Console.WriteLine("-- grace loses the network");
using var news = grace.Connection
    .Skip(1)
    .Select(state => state.Status + (state.Gap is { } gap ? $", and missed {(gap.To - gap.From).TotalSeconds:0.0} s" : ""))
    .SubscribeGuarded(text => Console.WriteLine("grace is " + text));
var away = Soon(grace.Connection.Where(state => !state.IsConnected));
using (server.Faults.RefuseHttp("/v1/socket-tickets", 503)) // Nobody gets back in before ada is done.
{
    server.Faults.Drop(grace.AliasId);
    await away;
    await ada.BuildAsync("bridge", "half done");
    await ada.StackAsync("rope", "planks");
    await ada.BuildAsync("bridge", "done");
    await ada.BurnDownAsync("campfire");
    await Soon(ada.World.Where(world => world["bridge"] == "done" && !world.Contains("campfire")));
}

Console.WriteLine("-- the network is back");
var truth = await SettleAsync();
var (adas, graces) = (await ada.World.FirstAsync(), await grace.World.FirstAsync());
Console.WriteLine($"server:        {truth}");
Console.WriteLine($"ada's world:   {adas}");
Console.WriteLine($"grace's world: {graces}");
var same = adas.Equals(graces) && adas.Equals(truth);
Console.WriteLine(same ? "Both live in the same world." : "THE WORLDS DIFFER.");
return same ? 0 : 1;

// Until both see what the server has, or for ten seconds.
async Task<ChannelStorage> SettleAsync()
{
    var world = await ada.SurveyAsync();
    await ada.World.Where(world.Equals).Zip(grace.World.Where(world.Equals))
        .Take(1)
        .TakeUntil(Observable.Timer(TimeSpan.FromSeconds(10)))
        .DefaultIfEmpty();
    return world;
}

static async Task DigAsync(Explorer explorer, int depth)
{
    await explorer.BuildAsync("campfire", "lit by " + explorer.Name);
    for (var i = 1; i <= 5; i++) await explorer.BuildAsync("gold", $"{i * depth}");
}

static Task<T> Soon<T>(IObservable<T> source) => source.FirstAsync().Timeout(TimeSpan.FromSeconds(10)).ToTask();
