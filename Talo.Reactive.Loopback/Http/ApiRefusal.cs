using System;

namespace Talo.Reactive.Loopback.Http;

/// <summary>Ends a call early with an answer that is not the route's own.</summary>
internal sealed class ApiRefusal(ApiReply reply) : Exception
{
    public ApiRefusal(int status, string message)
        : this(ApiReply.Message(status, message))
    {
    }

    public ApiRefusal(int status, string message, string errorCode)
        : this(ApiReply.Json(status, writer =>
        {
            writer.WriteString("message", message);
            writer.WriteString("errorCode", errorCode);
        }))
    {
    }

    public ApiReply Reply { get; } = reply;
}
