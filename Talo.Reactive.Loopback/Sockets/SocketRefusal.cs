using System;

namespace Talo.Reactive.Loopback.Sockets;

/// <summary>An error that goes back to the client as <c>v1.error</c>.</summary>
internal sealed class SocketRefusal(string errorCode, string message, string? cause = null) : Exception(message)
{
    public string ErrorCode { get; } = errorCode;

    public string? Cause { get; } = cause;

    public static SocketRefusal Listener(string cause) =>
        new("LISTENER_ERROR", "An error occurred while processing the message", cause);
}
