using System.Collections.Generic;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Talo.Reactive.Channels.Memberships;
using static Talo.Reactive.Channels.Memberships.MembershipSignal;

namespace Talo.Reactive.Tests.Channels.Memberships;

/// <summary>
/// A membership against a small server whose events come late, whose answers overtake them, and whose links break: what the client
/// believes in the end is what is true.
/// </summary>
public sealed class MembershipInAnyOrderTests
{
    private static readonly Config Runs = Exploration.Runs.WithMaxTest(5000).WithEndSize(60);

    [Test, Fuzz]
    public void WhatTheClientBelieves_IsTrueInTheEnd() =>
        FsCheck.Fluent.Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), steps =>
        {
            var world = new World();
            foreach (var step in steps) world.Step(step % 13);
            world.Settle();
            return (world.State.IsMember == world.IsMember)
                .Label($"the client says {world.State.IsMember}, the server {world.IsMember}")
                .And((!world.State.IsObserved || world.IsMember).Label("somebody observes, and the player is no member"))
                .And((!world.IsObserved || world.IsMember).Label("the observer was told nothing, and the player is no member"))
                .And((world.CallsAtOnce <= 1).Label($"{world.CallsAtOnce} calls at once"));
        }).Explore(Runs);

    private sealed class World
    {
        private static readonly Channel Harbour = new() { Id = 41, TemporaryMembership = true };
        private static readonly TaloException Busy = new("busy") { IsTransient = true };

        private readonly Queue<MembershipSignal> _events = [];
        private MembershipAct? _call;
        private bool _reachedServer;
        private bool _gameLeaves;
        private int _links = 1;

        internal Membership State { get; private set; } = Membership.None with { Links = 1 };

        internal bool IsMember { get; private set; }

        internal bool IsObserved { get; private set; }

        internal int CallsAtOnce { get; private set; }

        internal void Step(int step)
        {
            // While the game waits for its answer, what the server told before it comes.
            if (_gameLeaves && step is not (7 or 12)) return;
            switch (step)
            {
                case 0 when !IsObserved:
                    IsObserved = true;
                    Tell(new Observed());
                    break;
                case 1 when IsObserved:
                    IsObserved = false;
                    Tell(new Unobserved());
                    break;
                case 2 when _call is null:
                    Join();
                    Tell(new JoinedByGame(Harbour));
                    break;
                case 3 when _call is null:
                    Tell(new LeaveAsked());
                    Leave();
                    _gameLeaves = true;
                    break;
                case 12 when _gameLeaves:
                    _gameLeaves = false;
                    Tell(new LeaveEnded(true));
                    break;
                case 4:
                    Reach();
                    break;
                case 5:
                    Answer(fails: false);
                    break;
                case 6:
                    Answer(fails: true);
                    break;
                case 7 when _events.Count > 0:
                    Tell(_events.Dequeue());
                    break;
                case 8 when IsMember:
                    IsMember = false;
                    _events.Enqueue(new TakenOffline(Harbour, false));
                    break;
                case 9:
                    // The link breaks: what was on its way is lost, and the membership with it.
                    _events.Clear();
                    IsMember = false;
                    Tell(new BackOnline(++_links, false));
                    break;
                case 10 when IsMember:
                    // Another device of the player.
                    Leave();
                    break;
                case 11 when State.IsWaiting:
                    Tell(new RetryDue());
                    break;
            }
        }

        internal void Settle()
        {
            while (_call is not null || _events.Count > 0 || State.IsWaiting || _gameLeaves)
            {
                Step(12);
                Step(7);
                Step(11);
                Step(4);
                Step(5);
            }
        }

        private void Join()
        {
            if (!IsMember) _events.Enqueue(new SeenInside(Harbour));
            IsMember = true;
        }

        private void Leave()
        {
            if (IsMember) _events.Enqueue(new SeenLeaving());
            IsMember = false;
        }

        private void Reach()
        {
            if (_call is null || _reachedServer) return;
            _reachedServer = true;
            if (_call is MembershipAct.Join) Join();
            else Leave();
        }

        private void Answer(bool fails)
        {
            if (_call is not { } call || (!fails && !_reachedServer)) return;
            _call = null;
            Tell(fails ? new CallFailed(Busy) : call is MembershipAct.Join ? new JoinSucceeded(Harbour) : new LeaveSucceeded());
        }

        private void Tell(MembershipSignal signal)
        {
            var (next, acts) = MembershipRules.Next(State, signal, 105);
            State = next;
            foreach (var act in acts)
            {
                switch (act)
                {
                    case MembershipAct.Join or MembershipAct.Leave:
                        CallsAtOnce = System.Math.Max(CallsAtOnce, _call is null ? 1 : 2);
                        _call = act;
                        _reachedServer = false;
                        break;
                    case MembershipAct.Stop:
                        _call = null;
                        break;
                    case MembershipAct.Complete or MembershipAct.Fail:
                        IsObserved = false;
                        break;
                }
            }
        }
    }
}
