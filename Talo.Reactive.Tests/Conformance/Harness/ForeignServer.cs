using System;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Loopback;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>
/// A Talo that runs somewhere, with other players on it perhaps. It limits the rate of calls, so the suite keeps below that, and
/// its time passes at its own speed.
/// </summary>
internal sealed class ForeignServer : IServerUnderTest
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(65);
    private static readonly string[] AuthGroup =
        ["/v1/players/auth", "/v1/players/identify", "/v1/players/socket-token", "/v1/socket-tickets"];

    private readonly CallPace authCalls = new(18);
    private readonly CallPace otherCalls = new(90);

    private ForeignServer(string apiUrl, string socketUrl, string accessKey)
    {
        ApiUrl = apiUrl.TrimEnd('/');
        SocketUrl = socketUrl.TrimEnd('/');
        Game = new(accessKey);
    }

    public bool IsForeign => true;

    public string ApiUrl { get; }

    public string SocketUrl { get; }

    public GameUnderTest Game { get; }

    public DateTimeOffset Now => DateTimeOffset.UtcNow;

    /// <summary>The server that the environment names, or null when it names none.</summary>
    public static ForeignServer? FromEnvironment()
    {
        var apiUrl = Variable("TALO_API_URL");
        var accessKey = Variable("TALO_ACCESS_KEY");
        if (apiUrl is null && accessKey is null && Variable("TALO_SOCKET_URL") is null)
            return null;
        if (apiUrl is null)
            throw new AssertionException("TALO_ACCESS_KEY or TALO_SOCKET_URL is set but TALO_API_URL is not: set it or none.");
        if (!apiUrl.StartsWith("http://", StringComparison.Ordinal) && !apiUrl.StartsWith("https://", StringComparison.Ordinal))
            throw new AssertionException("TALO_API_URL is no address as http://127.0.0.1:3000.");
        if (accessKey is null)
            throw new AssertionException("TALO_API_URL is set but TALO_ACCESS_KEY, a full-access key of a game there, is not.");
        return new(apiUrl, Variable("TALO_SOCKET_URL") ?? "ws" + apiUrl["http".Length..], accessKey);
    }

    public string ReadOnlyKeyOrIgnore() => Required("TALO_ACCESS_KEY_READONLY", "a key with every read scope and no write scope");

    public GameUnderTest VerifiedGameOrIgnore() => new(
        Required("TALO_ACCESS_KEY_VERIFIED", "a full-access key of a second game that verifies requests"),
        new(
            Required("TALO_VERIFICATION_KEY_VERSION", "the version of a verification key of that game"),
            Required("TALO_VERIFICATION_KEY", "the value of that verification key")));

    public LoopbackTalo OwnerOrIgnore(string reason)
    {
        Assert.Ignore($"Not on a foreign server: {reason}.");
        throw new InvalidOperationException("The test goes on although it was ignored.");
    }

    public Task PaceAsync(string path)
    {
        if (path.StartsWith("/v1/health-check", StringComparison.Ordinal) || !path.StartsWith("/v1", StringComparison.Ordinal))
            return Task.CompletedTask;
        var isAuth = Array.Exists(AuthGroup, prefix => path.StartsWith(prefix, StringComparison.Ordinal));
        return (isAuth ? authCalls : otherCalls).WaitAsync();
    }

    public async Task<bool> WaitOutBlockAsync()
    {
        // Somebody else's calls, or those of an earlier run, count as well.
        await Task.Delay(TimeSpan.FromSeconds(61));
        return true;
    }

    public async Task LetTimePassAsync(TimeSpan time, Func<Task> afterEachStep)
    {
        if (time > LongestWait)
            Assert.Ignore($"Not on a foreign server: {time.TotalSeconds:0} s would have to pass.");
        var end = DateTimeOffset.UtcNow + time;
        while (end - DateTimeOffset.UtcNow is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left < TimeSpan.FromSeconds(10) ? left : TimeSpan.FromSeconds(10));
            await afterEachStep();
        }
    }

    public Task SettleAsync(int identifiedSockets) => Task.Delay(300);

    public Task LingerAsync() => Task.Delay(300);

    public ValueTask DisposeAsync() => default;

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string Required(string name, string what)
    {
        if (Variable(name) is { } value)
            return value;
        Assert.Ignore($"{name} is not set: {what}.");
        throw new InvalidOperationException("The test goes on although it was ignored.");
    }
}
