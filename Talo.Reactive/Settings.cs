using System;
using System.Reactive.Concurrency;

namespace Talo.Reactive;

/// <summary>The options of a client, checked and copied: nothing changes them afterwards.</summary>
internal sealed class Settings
{
    private readonly string apiBase;
    private readonly string socketBase;
    private readonly Func<double> random;
    private readonly object randomGate = new();

    internal Settings(TaloClientOptions options)
    {
        if (options is null) throw new ArgumentNullException(nameof(options));
        AccessKey = OptionRules.AccessKey(options.AccessKey);
        ApiUrl = OptionRules.Address(options.ApiUrl, nameof(options.ApiUrl), "http", options.AllowUnencrypted);
        SocketUrl = options.SocketUrl is null
            ? OptionRules.SocketOf(ApiUrl)
            : OptionRules.Address(options.SocketUrl, nameof(options.SocketUrl), "ws", options.AllowUnencrypted);
        apiBase = ApiUrl.GetLeftPart(UriPartial.Path).TrimEnd('/');
        socketBase = SocketUrl.GetLeftPart(UriPartial.Path).TrimEnd('/');
        Scheduler = OptionRules.Scheduler(options.Scheduler);
        AutoConnect = options.AutoConnect;
        DevBuild = options.DevBuild;
        IncludeDevData = options.IncludeDevData;
        VerificationKey = options.VerificationKey;
        MaxFrameBytes = OptionRules.InRange(options.MaxFrameBytes, 1024, 100 * 1024 * 1024, nameof(options.MaxFrameBytes), "bytes");
        MaxReplyBytes = OptionRules.InRange(options.MaxReplyBytes, 1024, int.MaxValue, nameof(options.MaxReplyBytes), "bytes");
        Reconnect = OptionRules.Copy(options.Reconnect);
        Pacing = OptionRules.Copy(options.Pacing);
        Heartbeat = OptionRules.Copy(options.Heartbeat);
        Timeouts = OptionRules.Copy(options.Timeouts);
        Outbox = OptionRules.Copy(options.Outbox);
        BackgroundCalls = OptionRules.Copy(options.BackgroundCalls);
        PlayerAuth = OptionRules.Copy(options.PlayerAuth);
        PropsDebounce = OptionRules.InRange(options.PropsDebounce, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(options.PropsDebounce));
        ChannelMembership = OptionRules.Copy(options.ChannelMembership);
        random = options.Random ?? new Random().NextDouble;
    }

    internal static string Version { get; } =
        typeof(Settings).Assembly.GetName().Version?.ToString(3) ?? "0";

    internal string AccessKey { get; }

    internal Uri ApiUrl { get; }

    internal Uri SocketUrl { get; }

    internal IScheduler Scheduler { get; }

    internal bool AutoConnect { get; }

    internal bool DevBuild { get; }

    internal bool IncludeDevData { get; }

    internal VerificationKey? VerificationKey { get; }

    internal int MaxFrameBytes { get; }

    internal int MaxReplyBytes { get; }

    internal ReconnectOptions Reconnect { get; }

    internal PacingOptions Pacing { get; }

    internal HeartbeatOptions Heartbeat { get; }

    internal TimeoutOptions Timeouts { get; }

    internal OutboxOptions Outbox { get; }

    internal BackgroundCallOptions BackgroundCalls { get; }

    internal TimeSpan PropsDebounce { get; }

    internal PlayerAuthOptions PlayerAuth { get; }

    internal ChannelMembershipOptions ChannelMembership { get; }

    /// <summary>The whole address of a call.</summary>
    internal Uri Api(string pathAndQuery) => new(apiBase + pathAndQuery, UriKind.Absolute);

    /// <summary>The address to dial with a ticket.</summary>
    internal Uri Socket(string ticket) => new($"{socketBase}/?ticket={Uri.EscapeDataString(ticket)}", UriKind.Absolute);

    /// <summary>Chance, from 0 (inclusive) to 1 (exclusive). A source of the game's own is kept in those bounds.</summary>
    internal double NextRandom()
    {
        lock (randomGate)
        {
            var value = random();
            return value is >= 0 and < 1 ? value : value >= 1 ? 1 - 1e-12 : 0;
        }
    }
}
