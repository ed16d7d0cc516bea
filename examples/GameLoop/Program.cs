// A game of 60 frames a second with Talo in it: everything that the library does or says happens inside of one call a frame,
// loop.Tick(budget), on the game's thread. Then somebody floods the chat; the frames stay what they were.
// Ends with 1 if a line is lost or a frame takes in more than its budget allows.
//
//     dotnet run --project examples/GameLoop
//
// Game.cs is the loop, Hud.cs a screen that may only be touched by it. Over a Talo in this process: no account, no set-up.
using System;
using System.Threading;
using System.Threading.Tasks;
using Examples.Frames;
using Talo.Reactive;
using Talo.Reactive.Loopback;

const int Flood = 1000;
await using var server = await LoopbackTalo.StartAsync();
var game = new Game(server.AccessKey, server.ApiUrl);
var played = Task.Factory.StartNew(
    () => game.Play(lines: 1 + Flood, atMost: 60 * 15),
    CancellationToken.None,
    TaskCreationOptions.LongRunning, // A thread of its own.
    TaskScheduler.Default);
await FloodAsync(await game.Lobby);
await played;

var (lines, frames) = (game.Hud.Lines, game.Frames);
Console.WriteLine($"{lines} lines in {frames.Count} frames, {frames.MostLines} in one at most; the last: {game.Hud.LastLine}");
Console.WriteLine(
    $"the median frame took {Text(frames.Median)}, the longest frame {Text(frames.Longest)} of {Text(FrameLog.Target)}");

// The machine may have been busy with something else; what was begun within the budget is the game's own doing.
return lines == 1 + Flood && frames.MostLines <= 1 + (Game.Budget / Hud.LayoutTime) ? 0 : 1;

// Somebody else, with a program of another kind.
async Task FloodAsync(int lobby)
{
    var options = new TaloClientOptions { AccessKey = server.AccessKey, ApiUrl = server.ApiUrl.AbsoluteUri };
    await using var crowd = new TaloClient(options);
    await crowd.Players.IdentifyAsync("username", "crowd");
    await crowd.Channels.JoinAsync(lobby);
    for (var i = 1; i <= Flood; i++) await crowd.Channels.SendMessageAsync(lobby, $"hello {i}");
}

static string Text(TimeSpan time) => $"{time.TotalMilliseconds:0.0} ms";
