using System;
using System.Threading.Tasks;

namespace Talo.Reactive.Examples.ChatRoom;

/// <summary>More lines than the server takes in a minute: the client holds the rest back instead of being thrown out.</summary>
internal static class Flood
{
    internal const string Mark = "flood ";
    private const int Lines = 3600;

    internal static async Task RunAsync(Chatter chatter, Action<string> say)
    {
        say($"{Lines} lines at once; the server takes 3,600 frames a minute, and the client keeps 5 % below that.");
        var began = DateTime.UtcNow;
        for (var i = 1; i <= Lines; i++)
        {
            var sent = chatter.SayAsync(Mark + i);
            if (!sent.IsCompleted && i > 3000) await Task.WhenAny(sent, Task.Delay(500));
            if (!sent.IsCompleted && i > 3000) say($"{i - 1} lines are written; the rest waits for its turn (about a minute).");
            await sent;
            if (i % 1000 == 0) say($"{i} lines after {(DateTime.UtcNow - began).TotalSeconds:0.0} s");
        }

        say($"all {Lines} lines after {(DateTime.UtcNow - began).TotalSeconds:0.0} s, and still connected.");
    }
}
