using System;
using System.Threading.Tasks;
using Talo.Reactive.Loopback;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>
/// The one seam between the suite and what it judges: all that differs between a Talo somewhere and one in this process.
/// </summary>
internal interface IServerUnderTest : IAsyncDisposable
{
    bool IsForeign { get; }

    /// <summary>Without a slash at the end.</summary>
    string ApiUrl { get; }

    /// <summary>Without a slash at the end.</summary>
    string SocketUrl { get; }

    GameUnderTest Game { get; }

    /// <summary>A key of <see cref="Game"/> with every read scope and no write scope.</summary>
    string ReadOnlyKeyOrIgnore();

    /// <summary>Another game of the server, which asks for signed requests.</summary>
    GameUnderTest VerifiedGameOrIgnore();

    /// <summary>What only the owner of the server can do; ignores the test on a foreign server, for the reason given.</summary>
    LoopbackTalo OwnerOrIgnore(string reason);

    /// <summary>The time that signatures are made with.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Waits until a call may be made without running into the rate limits.</summary>
    Task PaceAsync(string path);

    /// <summary>Told of a 429; true when the call is worth another try.</summary>
    Task<bool> WaitOutBlockAsync();

    /// <summary>
    /// Lets time pass on the server, in steps that no living connection is dropped in when <paramref name="afterEachStep"/> shows
    /// a sign of life. A foreign server is waited for, or the test ignored when that takes too long.
    /// </summary>
    Task LetTimePassAsync(TimeSpan time, Func<Task> afterEachStep);

    /// <summary>
    /// Completes when the server has noticed that all identified sockets but <paramref name="identifiedSockets"/> are gone.
    /// </summary>
    Task SettleAsync(int identifiedSockets);

    /// <summary>Gives frames that ought not to come the time to come.</summary>
    Task LingerAsync();
}
