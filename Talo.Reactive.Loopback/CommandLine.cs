using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback;

/// <summary>The arguments of the stand-alone server.</summary>
internal sealed class CommandLine
{
    public const string Usage = """
        A Talo server on this machine, for games and tests. Nothing is kept when it stops.

          --port <number>                   port on 127.0.0.1; 0, the default, picks a free one
          --scopes <scope,scope,...>        scopes of TALO_ACCESS_KEY; default *, full access
          --rate-limits on|off|<auth>,<all> HTTP calls a minute; default on, which is 20,100
          --verification <version>=<key>    adds a game that asks for signed requests, with a key of its own
          --live-config <key>=<value>       a prop of the game's live config; may be given several times
          --help                            shows this
        """;

    private int port;
    private readonly List<(string Key, string? Value)> liveConfig = [];
    private string[] scopes = ["*"];
    private int? authLimit = new LoopbackOptions().HttpAuthLimit;
    private int? defaultLimit = new LoopbackOptions().HttpDefaultLimit;

    public bool WantsHelp { get; private set; }

    public (string Version, string Value)? Verification { get; private set; }

    public IReadOnlyList<(string Key, string? Value)> LiveConfig => liveConfig;

    public static bool TryParse(
        IReadOnlyList<string> arguments, out CommandLine command, [NotNullWhen(false)] out string? error)
    {
        command = new CommandLine();
        error = null;
        for (var i = 0; i < arguments.Count && error is null; i++)
        {
            if (arguments[i] is "--help" or "-h")
                command.WantsHelp = true;
            else if (i + 1 == arguments.Count)
                error = $"{arguments[i]} is not an option or lacks its value.";
            else
                error = command.Take(arguments[i], arguments[++i]);
        }
        return error is null;
    }

    public LoopbackOptions ToOptions(Action<string> log) => new()
    {
        Port = port,
        Scopes = scopes,
        HttpAuthLimit = authLimit,
        HttpDefaultLimit = defaultLimit,
        Log = log,
    };

    private string? Take(string option, string value)
    {
        switch (option)
        {
            case "--port":
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= ushort.MaxValue
                    ? null
                    : $"--port takes a number from 0 to {ushort.MaxValue}, not '{value}'.";
            case "--scopes":
                scopes = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                return scopes.Length > 0
                    ? Scopes.Fault(scopes)
                    : "--scopes takes at least one scope, as read:players,write:players.";
            case "--rate-limits":
                return TakeRateLimits(value);
            case "--verification":
                if (Pair(value) is not { Value.Length: > 0 } key)
                    return "--verification takes a version and a key, as v1=secret.";
                Verification = key;
                return null;
            case "--live-config":
                if (Pair(value) is not { } prop)
                    return "--live-config takes a key and a value, as xpRate=1.5.";
                liveConfig.Add(prop);
                return null;
            default:
                return $"{option} is not an option.";
        }
    }

    private static (string Name, string Value)? Pair(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals ? (text[..equals], text[(equals + 1)..]) : null;

    private string? TakeRateLimits(string value)
    {
        if (value == "on")
            return null;
        if (value == "off")
        {
            (authLimit, defaultLimit) = (null, null);
            return null;
        }
        var parts = value.Split(',');
        if (parts.Length != 2 || !IsLimit(parts[0], out var auth) || !IsLimit(parts[1], out var others))
            return $"--rate-limits takes on, off, or two numbers as 20,100, not '{value}'.";
        (authLimit, defaultLimit) = (auth, others);
        return null;
    }

    private static bool IsLimit(string text, out int limit) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit > 0;
}
