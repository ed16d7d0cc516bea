using System;
using System.Diagnostics;
using System.Threading;
using Talo.Reactive;

namespace Examples.Frames;

/// <summary>
/// What is on the screen. As all widgets it may be touched on the game's thread only, and laying out a line of text takes its
/// time: a thousand of them in one frame would be a stutter of a tenth of a second.
/// </summary>
internal sealed class Hud
{
    internal static readonly TimeSpan LayoutTime = TimeSpan.FromMilliseconds(0.1);
    private Thread? owner;

    /// <summary>Lines of chat so far.</summary>
    internal int Lines { get; private set; }

    internal string LastLine { get; private set; } = "";

    internal void Show(ChannelMessage message)
    {
        Lines++;
        LastLine = message.Message;
        LayOut();
        if (Lines % 250 == 1) Console.WriteLine($"{message.PlayerAlias.DisplayName}: {message.Message}");
    }

    internal void Show(ConnectionState state) => Show(state.Status.ToString());

    internal void Show(string text)
    {
        LayOut();
        Console.WriteLine("* " + text);
    }

    private void LayOut()
    {
        owner ??= Thread.CurrentThread;
        if (Thread.CurrentThread != owner) throw new InvalidOperationException("The HUD belongs to the game's thread.");
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < LayoutTime) Thread.SpinWait(10);
    }
}
