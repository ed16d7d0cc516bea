using System;
using System.Diagnostics;
using System.Reactive.Linq;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive;

namespace Examples.Frames;

/// <summary>
/// A game of 60 frames a second on a thread of its own. Whatever comes from Talo, the rest of an async method included, runs
/// in <c>loop.Tick</c>: between two frames of the simulation, for a few milliseconds at most. There are no locks and no waits.
/// </summary>
internal sealed class Game
{
    internal static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(4);

    private readonly TaskCompletionSource<int> lobby = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly GameLoop loop = new();
    private readonly TaloClient talo;

    internal Game(string accessKey, Uri apiUrl) =>
        talo = new TaloClient(new TaloClientOptions { AccessKey = accessKey, ApiUrl = apiUrl.AbsoluteUri, Scheduler = loop });

    /// <summary>The channel that the game has opened, for those outside of the game's thread.</summary>
    internal Task<int> Lobby => lobby.Task;

    internal Hud Hud { get; } = new();

    internal FrameLog Frames { get; } = new();

    /// <summary>Plays until enough lines were said, or for so many frames. Called on the game's thread.</summary>
    internal void Play(int lines, int atMost)
    {
        using var news = talo.Socket.States.ObserveOn(loop).SubscribeGuarded(Hud.Show);
        using var chat = talo.Channels.Messages.ObserveOn(loop).SubscribeGuarded(Hud.Show);
        var arrival = ArriveAsync();
        while (Hud.Lines < lines && Frames.Count < atMost && !arrival.IsFaulted) PlayFrame();

        // The last frames are for saying goodbye: the loop has to go round for that, too.
        var goodbye = talo.DisposeAsync().AsTask();
        while (!goodbye.IsCompleted) PlayFrame();
    }

    // Started in a frame, continued in later ones. Nothing waits for it.
    private async Task ArriveAsync()
    {
        try
        {
            var player = await talo.Players.IdentifyAsync("username", "ada");
            var channel = await talo.Channels.CreateAsync("lobby");
            Hud.Show($"{player.DisplayName} is in {channel.Name}, in frame {Frames.Count}");
            await talo.Channels.SendMessageAsync(channel.Id, "anybody here?");
            lobby.SetResult(channel.Id);
        }
        catch (TaloException error)
        {
            Hud.Show("no chat today: " + error.Message);
            lobby.SetException(error);
            throw;
        }
    }

    private void PlayFrame()
    {
        var began = Stopwatch.GetTimestamp();
        var lines = Hud.Lines;
        Simulate();
        loop.Tick(Budget);
        Frames.Add(Stopwatch.GetElapsedTime(began), Hud.Lines - lines);
        AwaitDisplay(FrameLog.Target - Stopwatch.GetElapsedTime(began));
    }

    // A millisecond of moving things about.
    private static void Simulate()
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMilliseconds(1)) Thread.SpinWait(100);
    }

    // What an engine does until the display takes the next picture.
    private static void AwaitDisplay(TimeSpan rest)
    {
        if (rest > TimeSpan.Zero) Thread.Sleep(rest);
    }
}
