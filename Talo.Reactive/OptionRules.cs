using System;
using System.Globalization;
using System.Net;
using System.Reactive.Concurrency;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>What each option has to be. Every message says what to do.</summary>
internal static class OptionRules
{
    internal static string AccessKey(string? key)
    {
        if (string.IsNullOrWhiteSpace(key))
            throw new ArgumentException("Give the game's access key: make one in the Talo dashboard and set TaloClientOptions.AccessKey.", nameof(TaloClientOptions.AccessKey));
        var trimmed = SecretLength.Require(key!.Trim(), nameof(TaloClientOptions.AccessKey));
        foreach (var c in trimmed)
        {
            if (c is <= ' ' or > '~')
                throw new ArgumentException("The access key holds a character that no key has: copy it again from the Talo dashboard, without quotes or line breaks.", nameof(TaloClientOptions.AccessKey));
        }

        return trimmed;
    }

    internal static Uri Address(string? text, string name, string scheme, bool allowUnencrypted)
    {
        var example = scheme == "http" ? "https://api.trytalo.com" : "wss://api.trytalo.com";
        if (!Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var address) || (address.Scheme != scheme && address.Scheme != scheme + "s") || address.Host.Length == 0)
            throw new ArgumentException($"{name} has to be a whole address that begins with {scheme}s:// (or {scheme}:// for this machine), such as {example}.", name);
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new ArgumentException($"{name} is the address alone, such as {example}: leave out user, password, query and fragment.", name);
        if (address.Scheme == scheme && !allowUnencrypted && !IsThisMachine(address))
            throw new ArgumentException($"{name} is unencrypted, and {address.Host} is not this machine: the access key could be read on the way. Use {scheme}s://, or set TaloClientOptions.AllowUnencrypted for a server on a network you trust.", name);
        return address;
    }

    internal static Uri SocketOf(Uri api) =>
        new UriBuilder(api) { Scheme = api.Scheme == "https" ? "wss" : "ws", Port = api.IsDefaultPort ? -1 : api.Port }.Uri;

    internal static IScheduler Scheduler(IScheduler? scheduler)
    {
        if (scheduler is ImmediateScheduler or CurrentThreadScheduler)
            throw new ArgumentException($"{scheduler.GetType().Name} waits by blocking the thread that calls: use the default, a GameLoop, or in a test a TestScheduler.", nameof(TaloClientOptions.Scheduler));
#pragma warning disable RS0030 // The one place that names the default.
        return scheduler ?? DefaultScheduler.Instance;
#pragma warning restore RS0030
    }

    internal static int InRange(int value, int least, int most, string name, string unit) =>
        value >= least && value <= most
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} has to be from {Number(least)} to {Number(most)} {unit}.");

    internal static ReconnectOptions Copy(ReconnectOptions? from)
    {
        Given(from, nameof(TaloClientOptions.Reconnect));
        return new ReconnectOptions
        {
            InitialDelay = InRange(from!.InitialDelay, TimeSpan.Zero, TimeSpan.FromHours(1), "Reconnect.InitialDelay"),
            MaxDelay = InRange(from.MaxDelay, from.InitialDelay, TimeSpan.FromHours(24), "Reconnect.MaxDelay"),
            StableAfter = InRange(from.StableAfter, TimeSpan.Zero, TimeSpan.FromHours(24), "Reconnect.StableAfter"),
            MaxAttempts = from.MaxAttempts is { } most ? InRange(most, 1, int.MaxValue, "Reconnect.MaxAttempts", "tries") : null,
            RateLimitJitter = InRange(from.RateLimitJitter, TimeSpan.Zero, TimeSpan.FromHours(1), "Reconnect.RateLimitJitter"),
            Policy = from.Policy,
        };
    }

    internal static PacingOptions Copy(PacingOptions? from)
    {
        Given(from, nameof(TaloClientOptions.Pacing));
        return new PacingOptions
        {
            UnidentifiedLimit = InRange(from!.UnidentifiedLimit, 20, 1_000_000, "Pacing.UnidentifiedLimit", "frames"),
            IdentifiedLimit = InRange(from.IdentifiedLimit, 20, 1_000_000, "Pacing.IdentifiedLimit", "frames"),
            Window = InRange(from.Window, TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(10), "Pacing.Window"),
            HalfRateFor = InRange(from.HalfRateFor, TimeSpan.Zero, TimeSpan.FromHours(24), "Pacing.HalfRateFor"),
            SilenceFor = InRange(from.SilenceFor, TimeSpan.Zero, TimeSpan.FromHours(1), "Pacing.SilenceFor"),
        };
    }

    internal static HeartbeatOptions Copy(HeartbeatOptions? from)
    {
        Given(from, nameof(TaloClientOptions.Heartbeat));
        return new HeartbeatOptions
        {
            Enabled = from!.Enabled,
            Interval = InRange(from.Interval, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10), "Heartbeat.Interval"),
            Timeout = InRange(from.Timeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10), "Heartbeat.Timeout"),
        };
    }

    internal static TimeoutOptions Copy(TimeoutOptions? from)
    {
        Given(from, nameof(TaloClientOptions.Timeouts));
        return new TimeoutOptions
        {
            Http = Timeout(from!.Http, "Timeouts.Http"),
            Dial = Timeout(from.Dial, "Timeouts.Dial"),
            Connected = Timeout(from.Connected, "Timeouts.Connected"),
            Identify = Timeout(from.Identify, "Timeouts.Identify"),
            Close = Timeout(from.Close, "Timeouts.Close"),
            Delivery = Timeout(from.Delivery, "Timeouts.Delivery"),
        };
    }

    internal static OutboxOptions Copy(OutboxOptions? from)
    {
        Given(from, nameof(TaloClientOptions.Outbox));
        return new OutboxOptions
        {
            Capacity = InRange(from!.Capacity, 1, 1_000_000, "Outbox.Capacity", "frames"),
            Overflow = from.Overflow is OutboxOverflow.Refuse or OutboxOverflow.DropOldest
                ? from.Overflow
                : throw new ArgumentOutOfRangeException("Outbox.Overflow", from.Overflow, "Outbox.Overflow has to be Refuse or DropOldest."),
        };
    }

    internal static BackgroundCallOptions Copy(BackgroundCallOptions? from)
    {
        Given(from, nameof(TaloClientOptions.BackgroundCalls));
        return new BackgroundCallOptions
        {
            AuthPerMinute = InRange(from!.AuthPerMinute, 1, 100_000, "BackgroundCalls.AuthPerMinute", "calls"),
            DefaultPerMinute = InRange(from.DefaultPerMinute, 1, 100_000, "BackgroundCalls.DefaultPerMinute", "calls"),
        };
    }

    internal static PlayerAuthOptions Copy(PlayerAuthOptions? from)
    {
        Given(from, nameof(TaloClientOptions.PlayerAuth));
        return new PlayerAuthOptions
        {
            SessionStore = from!.SessionStore ?? new MemorySessionStore(),
            RestoreSession = from.RestoreSession,
            WithRefresh = from.WithRefresh,
        };
    }

    internal static ChannelMembershipOptions Copy(ChannelMembershipOptions? from)
    {
        Given(from, nameof(TaloClientOptions.ChannelMembership));
        return new ChannelMembershipOptions
        {
            LeaveGrace = InRange(from!.LeaveGrace, TimeSpan.Zero, TimeSpan.FromHours(1), "ChannelMembership.LeaveGrace"),
            RejoinTemporary = from.RejoinTemporary,
        };
    }

    /// <summary>Bounds of a wait that a caller gives.</summary>
    internal static TimeSpan Timeout(TimeSpan value, string name) =>
        InRange(value, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1), name);

    internal static TimeSpan InRange(TimeSpan value, TimeSpan least, TimeSpan most, string name) =>
        value >= least && value <= most
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} has to be from {least:c} to {most:c}.");

    private static void Given(object? value, string name)
    {
        if (value is null) throw new ArgumentException($"{name} is null: leave it as it is made, or give an object.", name);
    }

    // Uri makes localhost of the name "loopback", which a network may have given to any machine.
    private static bool IsThisMachine(Uri address) =>
        (address.Host == "localhost" && address.OriginalString.Contains("localhost", StringComparison.OrdinalIgnoreCase))
        || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
