using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Http;
using Talo.Reactive.Testing;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.Presences;

/// <summary>Two devices of one player against one server: whatever happens to them, they come to rest.</summary>
public sealed class TwoDevicesTests
{
    // One letter for the first device, one for the second: its link is lost, it goes offline or online by choice, it closes, it opens.
    private const string Deeds = "lLfFnNcCoO";

    [TestCase(0.3)]
    [TestCase(20)]
    public void EveryPairOfDeeds_ComesToRest(double gap)
    {
        foreach (var first in Deeds)
        {
            foreach (var second in Deeds) Play($"{first}{second}", gap, 45);
        }
    }

    [Test]
    public void ManyMixes_ComeToRest()
    {
        var random = new Random(20264);
        for (var run = 0; run < 60; run++)
        {
            var deeds = new string(Enumerable.Range(0, 6).Select(_ => Deeds[random.Next(Deeds.Length)]).ToArray());
            Play(deeds, random.NextDouble() * 40, 1 + random.NextDouble() * 80);
        }
    }

    [Test]
    public void OneDeviceLosesItsLink_ThePlayerIsOnlineInTheEnd()
    {
        foreach (var deeds in new[] { "l", "ll", "lll", "L" }) Assert.That(Play(deeds, 20, 60), Is.True, deeds);
    }

    [Test]
    public void DeviceThatCloses_LeavesThePlayerAsTheServerHasIt() => Assert.That(Play("c", 20, 60), Is.False);

    /// <returns>Whether the player is online in the end.</returns>
    private static bool Play(string deeds, double gap, double noticed)
    {
        var scheduler = new TestScheduler().StartAt(DateTimeOffset.UnixEpoch);
        var talo = new ScriptedTalo(scheduler);
        var server = new PresenceServer(talo, scheduler) { NoticesAfter = TimeSpan.FromSeconds(noticed) };
        using var one = new Device(talo, scheduler);
        using var two = new Device(talo, scheduler);
        foreach (var deed in deeds)
        {
            (char.IsLower(deed) ? one : two).Do(char.ToLowerInvariant(deed), server);
            server.NoticeClosed();
            Advance(gap);
            server.NoticeClosed();
        }

        Advance(200);
        var puts = one.Puts + two.Puts;
        Advance(400);
        Assert.That(one.Puts + two.Puts, Is.EqualTo(puts), $"{deeds}: it came to rest");
        foreach (var device in new[] { one, two })
        {
            Assert.That(device.Puts - device.Chosen, Is.LessThanOrEqualTo(device.Ended), $"{deeds}: at most one a link that ended");
            Assert.That(device.Faults, Is.Empty, deeds);
        }

        return server[talo.Player("ada")].Online;

        void Advance(double seconds) => scheduler.AdvanceBy(TimeSpan.FromSeconds(seconds));
    }

    /// <summary>A client, with its part of what goes to the server counted.</summary>
    private sealed class Device : IDisposable, IHttpTransport
    {
        private readonly ScriptedTalo _talo;
        private readonly TaloClient _client;
        private ScriptedSession _session;

        internal Device(ScriptedTalo talo, TestScheduler scheduler)
        {
            _talo = talo;
            _client = new TaloClient(new TaloClientOptions
            {
                AccessKey = PlayedSession.AccessKey,
                ApiUrl = "https://talo.test",
                Scheduler = scheduler,
                Transport = talo.Transport,
                HttpTransport = this,
                Random = () => 0.5,
                SigningClock = () => scheduler.Now,
            });
            _client.Socket.Faults.Subscribe(x => Faults.Add(x));
            var wasIdentified = false;
            _client.Socket.States.Subscribe(x =>
            {
                if (wasIdentified && !x.IsConnected) Ended++;
                wasIdentified = x.Status is ConnectionStatus.Identified || (wasIdentified && x.IsConnected);
                if (x.Status is ConnectionStatus.Identified) _session = talo.Session;
            });
            _client.Players.IdentifyAsync("username", "ada");
            scheduler.AdvanceBy(TimeSpan.FromSeconds(1));
            Assert.That(_client.Socket.IsIdentified, Is.True);
            _session = talo.Session;
        }

        internal int Puts { get; private set; }

        internal int Chosen { get; private set; }

        internal int Ended { get; private set; }

        internal List<TaloFault> Faults { get; } = [];

        public IObservable<HttpReply> Send(HttpCall call)
        {
            if (call.Method == "PUT") Puts++;
            return _talo.Http.Send(call);
        }

        internal void Do(char deed, PresenceServer server)
        {
            switch (deed)
            {
                case 'l':
                    if (_session.Link.IsOpen) server.Lose(_session);
                    break;
                case 'c':
                    _client.Socket.CloseConnectionAsync();
                    break;
                case 'o':
                    _client.Socket.OpenConnectionAsync();
                    break;
                default:
                    Chosen++;
                    _client.PlayerPresence.SetOnlineAsync(deed == 'n');
                    break;
            }
        }

        public void Dispose() => _client.Dispose();
    }
}
