using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Talo.Reactive.Benchmarks.Frames;

/// <summary>What a sender writes: WebSocket frames, serialised once, one behind another in one block that is written round and round.</summary>
internal sealed class Workload
{
    private const int Rooms = 8;
    private const int Talkers = 32;

    private Workload(string name, IReadOnlyList<string> texts)
    {
        Name = name;
        var frames = texts.Select(static text => ServerFrame.Text(Encoding.UTF8.GetBytes(text))).ToArray();
        Ends = new int[frames.Length];
        Block = new byte[frames.Sum(static frame => frame.Length)];
        var at = 0;
        for (var i = 0; i < frames.Length; i++)
        {
            frames[i].CopyTo(Block, at);
            Ends[i] = at += frames[i].Length;
        }
    }

    internal string Name { get; }

    internal byte[] Block { get; }

    /// <summary>Where each frame of the block ends.</summary>
    internal int[] Ends { get; }

    /// <summary>Eight rooms and thirty-two people who talk in them: senders and channels repeat, texts do not.</summary>
    internal const string Repeating = "repeating";

    /// <summary>The same as invocations of a SignalR hub.</summary>
    internal const string Hub = "hub";

    /// <summary>No sender and no channel comes again within 16,384 messages, which is more than anything remembers.</summary>
    internal const string AllNew = "all-new";

    /// <summary>Ten kinds of event in turn; a tenth are channel messages.</summary>
    internal const string TenKinds = "ten-kinds";

    /// <summary>All in one room.</summary>
    internal const string OneRoom = "one-room";

    internal static string OfSize(int bytes) => $"size-{bytes}";

    internal static Workload Of(string name) => new(name, name switch
    {
        Repeating => Texts(1024, static n => TaloFrames.Message(n % Rooms, Talker(n), n, TaloFrames.UsualBytes)),
        Hub => Texts(1024, static n => TaloFrames.HubMessage(n % Rooms, Talker(n), n, TaloFrames.UsualBytes)),
        AllNew => Texts(16_384, static n => TaloFrames.Message(2 * n, (2 * n) + 1, n, TaloFrames.UsualBytes)),
        TenKinds => Texts(1000, static n => TaloFrames.OfKind(n % 10, n / 10 % Rooms, Talker(n), n)),
        OneRoom => Texts(1024, static n => TaloFrames.Message(1, Talker(n), n, TaloFrames.UsualBytes)),
        _ when name.StartsWith("size-", StringComparison.Ordinal) && int.TryParse(name.AsSpan(5), out var bytes) =>
            Texts(256, n => TaloFrames.Message(n % Rooms, Talker(n), n, bytes)),
        _ => throw new ArgumentException($"There is no workload \"{name}\".", nameof(name)),
    });

    // Not in step with the rooms, so that everybody talks everywhere.
    private static int Talker(int n) => Rooms + (n * 13 % 37 % Talkers);

    private static string[] Texts(int count, Func<int, string> text) => [.. Enumerable.Range(0, count).Select(text)];
}
