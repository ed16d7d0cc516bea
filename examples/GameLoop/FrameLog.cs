using System;
using System.Collections.Generic;
using System.Linq;

namespace Examples.Frames;

/// <summary>What the frames were like: how long the game worked in each, and how many lines came in.</summary>
internal sealed class FrameLog
{
    internal static readonly TimeSpan Target = TimeSpan.FromSeconds(1.0 / 60);
    private readonly List<(TimeSpan Time, int Lines)> frames = [];

    internal int Count => frames.Count;

    internal TimeSpan Longest => frames.Max(frame => frame.Time);

    internal TimeSpan Median => frames.Select(frame => frame.Time).Order().ElementAt(frames.Count / 2);

    internal int MostLines => frames.Max(frame => frame.Lines);

    internal void Add(TimeSpan time, int lines) => frames.Add((time, lines));
}
