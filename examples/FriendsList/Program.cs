// A friends list: asking and accepting, who is online and what they say of themselves, a word to all followers, the end.
// Three players in one process, over a Talo in the same process: no account, no set-up.
//
//     dotnet run --project examples/FriendsList
//
// Friends.cs is what a game would keep; here is the story that is played with it.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using System.Threading.Tasks;
using Examples.FriendsList;
using Talo.Reactive;
using Talo.Reactive.Loopback;

await using var server = await LoopbackTalo.StartAsync();
await using var ada = await SignInAsync("ada");
await using var grace = await SignInAsync("grace");
await using var linus = await SignInAsync("linus");

var adas = new Friends(ada);
var graces = new Friends(grace);
using var adasScreen = ShowFriends("ada's friends:", adas);
using var gracesScreen = ShowFriends("grace's friends:", graces);
using var gracesEar = Show("grace hears", grace.PlayerRelationships.Broadcasts);
using var linusEar = Show("linus hears", linus.PlayerRelationships.Broadcasts);

Console.WriteLine("-- ada looks for grace, and asks her to be friends");
var found = await ada.Players.SearchAsync("grace");
var graceId = found.Players.SelectMany(player => player.Aliases).First(alias => alias.Identifier == "grace").Id;
var request = Soon(grace.PlayerRelationships.RequestsReceived);
await ada.PlayerRelationships.SubscribeToAsync(graceId, RelationshipType.Bidirectional);
await graces.AcceptAsync((await request).Subscription);
await Soon(adas.List.Where(list => list.ContainsKey("grace")));
await Soon(graces.List.Where(list => list.ContainsKey("ada")));

Console.WriteLine("-- linus follows ada; she agrees, but he is not her friend");
request = Soon(ada.PlayerRelationships.RequestsReceived);
await linus.PlayerRelationships.SubscribeToAsync(ada.CurrentAlias!.Id, RelationshipType.Unidirectional);
await ada.PlayerRelationships.ConfirmSubscriptionAsync((await request).Subscription.Id);

Console.WriteLine("-- grace says where she is");
await grace.PlayerPresence.SetCustomStatusAsync("in the mines");
await Soon(adas.List.Where(list => list["grace"].CustomStatus == "in the mines"));

Console.WriteLine("-- ada tells everybody who follows her");
var everybody = Task.WhenAll(Soon(grace.PlayerRelationships.Broadcasts), Soon(linus.PlayerRelationships.Broadcasts));
await ada.PlayerRelationships.BroadcastAsync("I found the lighthouse");
await everybody;

Console.WriteLine("-- grace puts her phone into her pocket, and takes it out again");
grace.Socket.Suspend();
await Soon(adas.List.Where(list => !list["grace"].Online));
grace.Socket.Resume();
await Soon(adas.List.Where(list => list["grace"].Online));

Console.WriteLine("-- ada ends the friendship");
await ada.PlayerRelationships.UnsubscribeFromAsync(graceId);
await Soon(adas.List.Where(list => list.IsEmpty));
await Soon(graces.List.Where(list => list.IsEmpty));
Console.WriteLine("Done.");

async Task<TaloClient> SignInAsync(string name)
{
    var talo = new TaloClient(new TaloClientOptions { AccessKey = server.AccessKey, ApiUrl = server.ApiUrl.AbsoluteUri });
    await talo.Players.IdentifyAsync("username", name);
    await talo.Socket.WhenIdentifiedAsync();
    return talo;
}

static IDisposable Show(string who, IObservable<Broadcast> broadcasts) =>
    broadcasts.SubscribeGuarded(b => Console.WriteLine($"{who} {b.PlayerAlias.DisplayName} say: {b.Message}"));

static IDisposable ShowFriends(string title, Friends friends) => friends.List
    .Select(list => list.IsEmpty ? "nobody" : string.Join(", ", list.Select(Line)))
    .DistinctUntilChanged()
    .SubscribeGuarded(text => Console.WriteLine($"{title,-16} {text}"));

static string Line(KeyValuePair<string, PlayerPresence> friend) =>
    friend.Key + (friend.Value.Online ? " is online" : " is offline")
    + (friend.Value.CustomStatus.Length > 0 ? $" \"{friend.Value.CustomStatus}\"" : "");

// A story goes on when something has happened, and ends with an error when it does not.
static Task<T> Soon<T>(IObservable<T> source) => source.FirstAsync().Timeout(TimeSpan.FromSeconds(10)).ToTask();
