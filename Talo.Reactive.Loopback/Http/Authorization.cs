using System;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Http;

/// <summary>Finds the access key of a call.</summary>
internal static class Authorization
{
    public static AccessKey Check(Change change, ApiCall call)
    {
        if (call.Header("authorization") is not { Length: > 0 } header)
            throw new ApiRefusal(401, "Authentication Error");
        var parts = header.Split(' ');
        if (parts.Length != 2 || !parts[0].Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            throw new ApiRefusal(401, "Bad Authorization header format. Format is \"Authorization: Bearer <token>\"");
        var lookup = parts[0] == "Bearer" ? change.World.AccessKeys.Find(parts[1]) : AccessKeyLookup.Invalid;
        return lookup.Key ?? throw new ApiRefusal(401, lookup.Refusal!);
    }
}
