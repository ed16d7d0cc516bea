using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Talo.Reactive.Loopback;

/// <summary>The arguments of the stand-alone server.</summary>
internal sealed class CommandLine
{
    public const string Usage = """
        A Talo server on this machine, for games and tests. Nothing is kept when it stops.

          --port <number>                  port on 127.0.0.1; 0, the default, picks a free one
          --scopes <scope,scope,...>       scopes of the access key; default *, full access
          --rate-limits on|off             HTTP rate limits (20 and 100 calls a minute); default on
          --verification <version>=<key>   asks for signed requests
          --help                           shows this
        """;

    private int port;
    private string[] scopes = ["*"];
    private bool hasRateLimits = true;

    public bool WantsHelp { get; private set; }

    public (string Version, string Value)? Verification { get; private set; }

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

    public LoopbackOptions ToOptions(Action<string> log)
    {
        var limits = new LoopbackOptions();
        return new()
        {
            Port = port,
            Scopes = scopes,
            HttpAuthLimit = hasRateLimits ? limits.HttpAuthLimit : null,
            HttpDefaultLimit = hasRateLimits ? limits.HttpDefaultLimit : null,
            Log = log,
        };
    }

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
                return scopes.Length > 0 ? null : "--scopes takes at least one scope, as read:players,write:players.";
            case "--rate-limits":
                hasRateLimits = value == "on";
                return value is "on" or "off" ? null : $"--rate-limits takes on or off, not '{value}'.";
            case "--verification":
                var equals = value.IndexOf('=', StringComparison.Ordinal);
                if (equals <= 0 || equals == value.Length - 1)
                    return "--verification takes a version and a key, as v1=secret.";
                Verification = (value[..equals], value[(equals + 1)..]);
                return null;
            default:
                return $"{option} is not an option.";
        }
    }
}
