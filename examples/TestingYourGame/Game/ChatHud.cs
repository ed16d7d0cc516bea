using System;
using System.Collections.Immutable;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Talo.Reactive;

namespace Examples.TestingYourGame.Game;

/// <summary>The chat in the corner of the screen: the last three lines, each for five seconds.</summary>
internal static class ChatHud
{
    private const int Room = 3;
    private static readonly TimeSpan OnScreen = TimeSpan.FromSeconds(5);

    internal static IObservable<ImmutableList<string>> Lines(IObservable<ChannelMessage> messages, IScheduler scheduler) => messages
        .Select((message, number) => (Number: number, Text: $"{message.PlayerAlias.DisplayName}: {message.Message}"))
        .SelectMany(line => Observable.Timer(OnScreen, scheduler).Select(_ => (line, IsOver: true)).StartWith((line, IsOver: false)))
        .Scan(ImmutableList<(int Number, string Text)>.Empty, (shown, x) => x.IsOver ? shown.Remove(x.line) : Add(shown, x.line))
        .Select(shown => shown.ConvertAll(line => line.Text));

    private static ImmutableList<(int Number, string Text)> Add(ImmutableList<(int Number, string Text)> shown, (int, string) line) =>
        (shown.Count < Room ? shown : shown.RemoveAt(0)).Add(line);
}
