using System;

namespace Talo.Reactive.Http;

/// <summary>What the server counts together, by address: 20 and 100 requests a minute.</summary>
internal enum RateBucket
{
    Auth,
    Default,
    Exempt,
}

/// <summary>Which request counts where: the server goes by pure prefixes.</summary>
internal static class RateBuckets
{
    private static readonly string[] Auth =
        ["/v1/players/auth", "/v1/players/identify", "/v1/players/socket-token", "/v1/socket-tickets"];

    internal static RateBucket Of(string path)
    {
        foreach (var prefix in Auth)
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal)) return RateBucket.Auth;
        }

        return path.StartsWith("/v1/health-check", StringComparison.Ordinal) ? RateBucket.Exempt : RateBucket.Default;
    }
}
