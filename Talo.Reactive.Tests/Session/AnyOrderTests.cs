using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Session;

/// <summary>Whatever the game and the network do, in whatever order: what must always hold, and that it ends well.</summary>
public sealed class AnyOrderTests
{
    private const int Runs = 200;
    private const int Steps = 40;

    private sealed class Play
    {
        private readonly Random random;
        private readonly List<Task> tasks = [];
        private readonly List<string> did = [];

        internal Play(int seed)
        {
            random = new Random(seed);
            Session = new PlayedSession(x => x.Random = random.NextDouble);
            Session.Server.Transport.Opened.Subscribe(link =>
            {
                MostLinks = Math.Max(MostLinks, Session.Server.Transport.Links.Count(x => x.IsOpen && x != link) + 1);
                link.CloseTime = TimeSpan.FromSeconds(random.NextDouble());
                if (random.Next(5) == 0) link.IgnoreClose();
                if (random.Next(8) == 0) link.HoldWrites();
            });
        }

        internal PlayedSession Session { get; }

        internal int MostLinks { get; private set; }

        internal IEnumerable<Task> Tasks => tasks;

        internal string Story => string.Join(", ", did) + "; " + Session.Path;

        internal void Step()
        {
            var socket = Session.Talo.Socket;
            var server = Session.Server;
            var open = server.Transport.Links.Count > 0 && server.Link.IsOpen ? server.Link : null;
            var choice = random.Next(19);
            did.Add($"{choice}");
            switch (choice)
            {
                case 0: tasks.Add(socket.OpenConnectionAsync()); break;
                case 1: tasks.Add(socket.CloseConnectionAsync()); break;
                case 2: tasks.Add(socket.ResetConnectionAsync()); break;
                case 3: socket.Suspend(); break;
                case 4: socket.Resume(); break;
                case 5: tasks.Add(Session.Talo.Players.IdentifyAsync("username", "ada")); break;
                case 6: tasks.Add(Session.Talo.Players.IdentifyAsync("username", "grace")); break;
                case 7: Session.Talo.Players.ClearIdentity(); break;
                case 8: tasks.Add(socket.WhenIdentifiedAsync()); break;
                case 9: tasks.Add(socket.SendAsync("v1.game.x")); break;
                case 10: open?.Lose(); break;
                case 11: open?.CloseByPeer(random.Next(2) == 0 ? 1001 : 3000); break;
                case 12: server.Player("ada").ReplaceSocketToken(); break;
                case 13: server.Transport.Script(DialOutcome.Fails(after: TimeSpan.FromSeconds(random.NextDouble()))); break;
                case 14: server.Http.Latency = TimeSpan.FromSeconds(random.NextDouble()); break;
                case 15: server.SendsConnected = random.Next(3) != 0; break;
                case 16: server.AnswersHeartbeats = random.Next(3) != 0; break;
                case 17: server.Latency = TimeSpan.FromSeconds(random.NextDouble()); break;
                default: server.Http.On("POST", "/v1/socket-tickets").ReplyOnce(500); break;
            }

            if (random.Next(3) != 0) Session.Advance(random.NextDouble() * random.NextDouble() * 30);
        }

        internal void GoodEnd()
        {
            Session.Server.SendsConnected = Session.Server.AnswersHeartbeats = true;
            tasks.Add(Session.Talo.Socket.OpenConnectionAsync());
            Session.Advance(900);
        }
    }

    [Test, Fuzz]
    public void AnyOrder_KeepsOneLinkAtATime_AndComesBack_AndEndsEveryTask() => Exploration.Explore(first =>
    {
        for (var seed = first; seed < first + Runs; seed++)
        {
            var play = new Play(seed);
            using var session = play.Session;
            for (var i = 0; i < Steps; i++) play.Step();
            play.GoodEnd();
            var why = $"seed {seed}: {play.Story}";
            Assert.That(session.Talo.Socket.State.Status, Is.EqualTo(session.Talo.HasIdentity ? ConnectionStatus.Identified : ConnectionStatus.Connected), why);
            Assert.That(play.MostLinks, Is.EqualTo(1), why);
            Assert.That(session.Server.Dropped, Is.Empty, why);
            Assert.That(session.Server.Transport.Dials.Select(x => x.Address), Is.Unique, why);
            Assert.That(session.States.Zip(session.States.Skip(1), (a, b) => b.Epoch - a.Epoch), Is.All.InRange(0, 1), why);
            Assert.That(session.States.Where(x => x.Gap is not null).All(x => session.Start <= x.Gap!.From && x.Gap.From <= x.Gap.To), Is.True, why);
            Assert.That(session.Faults.Where(x => x.Kind is not TaloFaultKind.BackgroundCallFailed), Is.Empty, why);

            _ = session.Talo.Socket.CloseConnectionAsync();
            session.Advance(30);
            Assert.That(play.Tasks.Where(x => !x.IsCompleted), Is.Empty, why);
            Assert.That(session.Server.Transport.Links.Where(x => x.IsOpen), Is.Empty, why);
        }
    });
}
