using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Session;

/// <summary>A client and a scripted Talo in virtual time, and everything that the client said.</summary>
internal sealed class PlayedSession : IDisposable
{
    internal const string AccessKey = "key-of-the-game-0123456789";

    internal PlayedSession(Action<TaloClientOptions>? configure = null, TestScheduler? scheduler = null)
    {
        Scheduler = scheduler ?? new TestScheduler().StartAt(DateTimeOffset.UnixEpoch);
        Server = new ScriptedTalo(Scheduler) { EchoChannelMessages = true };
        var options = new TaloClientOptions
        {
            AccessKey = AccessKey,
            ApiUrl = "https://talo.test",
            Scheduler = Scheduler,
            Transport = Server.Transport,
            HttpTransport = Server.Http,
            // Full jitter at its upper end: every wait is what it can be at most.
            Random = () => 0.9999999,
            SigningClock = () => Scheduler.Now,
        };
        configure?.Invoke(options);
        Talo = new TaloClient(options);
        Start = Scheduler.Now;
        Talo.Socket.States.Subscribe(x => States.Add(x), () => Log.Add("states completed"));
        Talo.Socket.States.Subscribe(x => Log.Add(x.Status.ToString()));
        Talo.Socket.Messages.Subscribe(x => Messages.Add(x));
        Talo.Socket.Errors.Subscribe(x => Errors.Add(x));
        Talo.Socket.Closures.Subscribe(x => Closures.Add(x));
        Talo.Socket.Faults.Subscribe(x => Faults.Add(x));
    }

    internal TestScheduler Scheduler { get; }

    internal ScriptedTalo Server { get; }

    internal TaloClient Talo { get; }

    internal DateTimeOffset Start { get; }

    internal List<ConnectionState> States { get; } = [];

    internal List<string> Log { get; } = [];

    internal List<TaloMessage> Messages { get; } = [];

    internal List<TaloSocketError> Errors { get; } = [];

    internal List<Closure> Closures { get; } = [];

    internal List<TaloFault> Faults { get; } = [];

    /// <summary>The states so far, each once, in a line.</summary>
    internal string Path => string.Join(" ", Log);

    internal IEnumerable<string> Texts => Server.ChannelMessages.Select(x => (string)x.Data["message"]!);

    internal int Tickets => Server.Http.CallsTo("POST", "/v1/socket-tickets").Count;

    internal void Advance(double seconds) => Scheduler.AdvanceBy(TimeSpan.FromSeconds(seconds));

    /// <summary>Lets everything happen that is due about now.</summary>
    internal void Settle() => Scheduler.AdvanceBy(TimeSpan.FromMilliseconds(10));

    internal PlayedSession Connected()
    {
        Settle();
        Assert.That(Talo.Socket.State.Status, Is.EqualTo(ConnectionStatus.Connected), Path);
        return this;
    }

    internal PlayedSession Identified(string identifier = "ada")
    {
        var identify = Talo.Players.IdentifyAsync("username", identifier);
        Settle();
        Settle();
        Assert.That(identify.IsCompletedSuccessfully, Is.True, identify.Exception?.ToString() ?? Path);
        Assert.That(Talo.Socket.IsIdentified, Is.True, Path);
        return this;
    }

    /// <summary>The result of a task that has to be over by now.</summary>
    internal static T Result<T>(Task<T> task)
    {
        Assert.That(task.IsCompleted, Is.True, "the task has not completed");
        return task.GetAwaiter().GetResult();
    }

    internal static Exception Error(Task task)
    {
        Assert.That(task.IsFaulted, Is.True, string.Create(CultureInfo.InvariantCulture, $"the task is {task.Status}"));
        return task.Exception!.InnerException!;
    }

    public void Dispose() => Talo.Dispose();
}
