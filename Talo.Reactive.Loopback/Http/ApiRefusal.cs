using System;

namespace Talo.Reactive.Loopback.Http;

/// <summary>Ends a call early with an answer that is not the route's own.</summary>
internal sealed class ApiRefusal(ApiReply reply) : Exception
{
    public ApiRefusal(int status, string message)
        : this(ApiReply.Message(status, message))
    {
    }

    public ApiReply Reply { get; } = reply;
}
