using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Loopback;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>A loopback Talo with a standing clock; without HTTP rate limits unless asked for.</summary>
internal sealed class LoopbackServer : IServerUnderTest
{
    private static readonly string[] ReadScopes =
    [
        "read:players", "read:playerPresence", "read:gameChannels", "read:playerRelationships", "read:playerBroadcasts",
        "read:gameConfig", "read:leaderboards", "read:gameStats", "read:gameSaves", "read:gameFeedback",
        "read:playerGroups", "read:events",
    ];

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    private readonly LoopbackTalo talo;
    private readonly ManualClock clock;
    private readonly string readOnlyKey;
    private readonly GameUnderTest verified;

    private LoopbackServer(LoopbackTalo talo, ManualClock clock)
    {
        this.talo = talo;
        this.clock = clock;
        Game = new(talo.AccessKey);
        readOnlyKey = talo.CreateAccessKey(ReadScopes);
        var game = talo.CreateGame();
        game.EnableVerification("v1", "conformance-key");
        verified = new(game.CreateAccessKey(), new("v1", "conformance-key"));
    }

    public bool IsForeign => false;

    public string ApiUrl => talo.ApiUrl.AbsoluteUri.TrimEnd('/');

    public string SocketUrl => talo.SocketUrl.AbsoluteUri.TrimEnd('/');

    public GameUnderTest Game { get; }

    public DateTimeOffset Now => clock.GetUtcNow();

    public static async Task<LoopbackServer> StartAsync(bool hasRateLimits = false)
    {
        var clock = new ManualClock();
        var limits = new LoopbackOptions();
        return new(await LoopbackTalo.StartAsync(new()
        {
            Clock = clock,
            HttpAuthLimit = hasRateLimits ? limits.HttpAuthLimit : null,
            HttpDefaultLimit = hasRateLimits ? limits.HttpDefaultLimit : null,
            // Longer than a busy machine takes to read what is there already.
            CheckLatency = TimeSpan.FromMilliseconds(20),
        }), clock);
    }

    public string ReadOnlyKeyOrIgnore() => readOnlyKey;

    public GameUnderTest VerifiedGameOrIgnore() => verified;

    public LoopbackTalo OwnerOrIgnore(string reason) => talo;

    public Task PaceAsync(string path) => Task.CompletedTask;

    public Task<bool> WaitOutBlockAsync() => Task.FromResult(false);

    public async Task LetTimePassAsync(TimeSpan time, Func<Task> afterEachStep)
    {
        for (var left = time; left > TimeSpan.Zero; left -= Step)
        {
            clock.Advance(left < Step ? left : Step);
            await afterEachStep();
        }
    }

    public async Task SettleAsync(int identifiedSockets)
    {
        using var bound = new CancellationTokenSource(TestSocket.Bound);
        await talo.WhenAsync(
            talo => talo.Connections.Count(connection => connection.AliasId is not null) <= identifiedSockets, bound.Token);
    }

    public Task LingerAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => talo.DisposeAsync();
}
