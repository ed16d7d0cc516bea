using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.PlayerAuth;

/// <summary>Calls, lost links, refreshes that fail and time, in any order.</summary>
public sealed class AnySessionTests
{
    private static readonly Config Runs = Exploration.Runs;

    private static readonly Arbitrary<List<string>> Stories = Gen.Elements("join", "join", "lose", "wait", "long", "503", "lost answer", "early end")
        .ListOf().Select(x => x.ToList()).ToArbitrary();

    [Test, Fuzz]
    public void WithoutTheServersWord_NobodyIsSignedOut_AndThePairThatWorksIsKept() =>
        FsCheck.Fluent.Prop.ForAll(Stories, story => Played(story, elsewhere: false)).Explore(Runs);

    [Test, Fuzz]
    public void SignedInElsewhere_IsLostOnce_WhateverGoesOn() =>
        FsCheck.Fluent.Prop.ForAll(Stories, story => Played(story, elsewhere: true)).Explore(Runs);

    private static void Played(List<string> story, bool elsewhere)
    {
        var store = new MemorySessionStore();
        using var played = new PlayedSession(x => x.PlayerAuth.SessionStore = store);
        var server = new AccountServer(played);
        var lost = 0;
        var cleared = 0;
        played.Talo.PlayerAuth.SessionLost.Subscribe(_ => lost++);
        played.Talo.Players.IdentityCleared.Subscribe(_ => cleared++);
        var login = played.Talo.PlayerAuth.LoginAsync("ada", "s3cret-pass");
        played.Settle();
        PlayedSession.Result(login);

        var joins = new List<Task>();
        var middle = story.Count / 2;
        for (var i = 0; i < story.Count; i++)
        {
            if (elsewhere && i == middle) server.SignInElsewhere();
            Do(story[i]);
        }

        if (elsewhere && story.Count == 0) server.SignInElsewhere();
        // A call of before may have had a refresh under way when the other device signed in.
        played.Advance(300);
        // Each failure that is still scripted takes one of these, all of which have to refresh.
        for (var i = 0; i <= story.Count; i++)
        {
            Do("long");
            Do("join");
            played.Advance(60);
        }


        Assert.That(joins.Select(x => x.IsCompleted), Is.All.True);
        Assert.That(played.Faults.Where(x => x.Kind != TaloFaultKind.BackgroundCallFailed), Is.Empty);
        var kept = store.LoadAsync(default).Result;
        if (elsewhere)
        {
            Assert.That((lost, cleared, played.Talo.HasIdentity, kept), Is.EqualTo((1, 1, false, (PlayerSession?)null)), string.Join(", ", story));
            return;
        }

        Assert.That((lost, cleared, played.Talo.PlayerAuth.IsSignedIn, played.Talo.Socket.IsIdentified), Is.EqualTo((0, 0, true, true)), played.Path);
        Assert.That((kept!.RefreshToken, joins[^1].IsCompletedSuccessfully), Is.EqualTo((server.RefreshToken, true)), $"{string.Join(", ", story)}: {joins[^1].Exception}");

        void Do(string what)
        {
            switch (what)
            {
                case "join" when played.Talo.HasIdentity:
                    joins.Add(played.Talo.Channels.JoinAsync(41));
                    played.Scheduler.AdvanceBy(2);
                    break;
                case "lose":
                    played.Server.Link.Lose();
                    break;
                case "wait":
                    played.Advance(1.5);
                    break;
                case "long":
                    played.Advance(1000);
                    break;
                case "503":
                    played.Server.Http.On("POST", "/v1/players/auth/refresh").ReplyOnce(503, "");
                    break;
                case "lost answer":
                    played.Server.Http.On("POST", "/v1/players/auth/refresh").After(TimeSpan.FromSeconds(2)).FailOnce();
                    break;
                case "early end":
                    server.SessionToken = "another";
                    break;
            }
        }
    }
}
