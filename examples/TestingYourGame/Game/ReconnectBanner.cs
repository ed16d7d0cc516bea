using System;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Talo.Reactive;

namespace Examples.TestingYourGame.Game;

internal enum Banner
{
    Hidden,
    Reconnecting,
    WelcomeBack,
}

/// <summary>
/// Tells the player of bad Wi-Fi, but not of every hiccup: after two seconds without a connection, and when it is back, for two
/// seconds more. While the game starts there is a loading screen instead.
/// </summary>
internal static class ReconnectBanner
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Welcome = TimeSpan.FromSeconds(2);

    internal static IObservable<Banner> Of(IObservable<ConnectionState> states, IScheduler scheduler) => states
        .Select(state => state.IsConnected)
        .SkipWhile(connected => !connected)
        .DistinctUntilChanged()
        .Select(connected => connected ? Observable.Return(false) : Observable.Timer(Patience, scheduler).Select(_ => true))
        .Switch()
        .DistinctUntilChanged()
        .SkipWhile(isGone => !isGone)
        .Select(isGone => isGone
            ? Observable.Return(Banner.Reconnecting)
            : Observable.Timer(Welcome, scheduler).Select(_ => Banner.Hidden).StartWith(Banner.WelcomeBack))
        .Switch()
        .StartWith(Banner.Hidden);
}
