using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Talo.Reactive.Examples.ChatRoom;

/// <summary>What is played where nobody types: a chat with one drop in it, and a count of what arrived.</summary>
internal static class Script
{
    private static readonly string[] Before = ["ahoy", "anybody here?"];
    private static readonly string[] During = ["this was typed while the link was down", "and this"];
    private static readonly string[] After = ["good to be back"];

    internal static async Task<int> PlayAsync(Chatter ada, Chatter grace, CuttableTransport cable, Action<string> say)
    {
        string[] expected = [.. Before, .. During, .. After];
        var heard = new List<string>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = grace.Lines.SubscribeGuarded(line =>
        {
            if (line.Sender.StartsWith("grace", StringComparison.Ordinal)) return;
            heard.Add(line.Text);
            if (heard.Count >= expected.Length) all.TrySetResult();
        });

        foreach (var line in Before) await ada.DeliverAsync(line);
        say("/drop");
        cable.Cut();
        foreach (var send in During.Select(ada.SayAsync).ToArray()) await send;
        foreach (var line in After)
        {
            var delivery = await ada.DeliverAsync(line);
            say($"delivery of \"{line}\": {delivery.Outcome}");
        }

        await Task.WhenAny(all.Task, Task.Delay(TimeSpan.FromSeconds(10)));
        if (heard.SequenceEqual(expected))
        {
            say($"grace heard all {heard.Count} lines, each once and in order.");
            return 0;
        }

        say($"LOST: grace heard {string.Join(" | ", heard)}");
        return 1;
    }
}
