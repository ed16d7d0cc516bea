using System;
using System.Collections.Generic;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Http;

/// <summary>Counts calls per client address, those about tickets, tokens and identities apart from all others.</summary>
internal sealed class HttpRateLimit(LoopbackOptions options)
{
    public const string Message = "Too Many Requests";

    /// <summary>The constant that Talo names, whatever remains of the block.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(60);

    // Anybody can claim any address: those that are not heard of any more are forgotten.
    private const int MaxWindows = 10_000;

    private static readonly string[] AuthPrefixes =
        ["/v1/players/auth", "/v1/players/identify", "/v1/players/socket-token", "/v1/socket-tickets"];

    private readonly Dictionary<(string Address, bool IsAuth), FixedWindow> windows = [];

    public void Check(Change change, ApiCall call)
    {
        if (!call.Target.IsApi || call.Target.Path == "/v1/health-check")
            return;
        var isAuth = Array.Exists(AuthPrefixes, prefix => call.Target.Path.StartsWith(prefix, StringComparison.Ordinal));
        if ((isAuth ? options.HttpAuthLimit : options.HttpDefaultLimit) is not { } limit)
            return;
        var bucket = (AddressOf(call), isAuth);
        if (!windows.TryGetValue(bucket, out var window))
        {
            if (windows.Count >= MaxWindows)
                ForgetEnded(change.Now);
            windows.Add(bucket, window = new(limit, options.HttpRateWindow));
        }
        if (!window.TryHit(change.Now))
            throw new ApiRefusal(ApiReply.Message(429, Message) with { Stage = ReplyStage.RateLimit });
    }

    private void ForgetEnded(DateTimeOffset now)
    {
        foreach (var (bucket, window) in windows)
        {
            if (window.HasEnded(now))
                windows.Remove(bucket);
        }
    }

    private static string AddressOf(ApiCall call) =>
        call.Header("x-forwarded-for")?.Split(',')[0].Trim() is { Length: > 0 } forwarded
            ? forwarded
            : call.Request.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "";
}
