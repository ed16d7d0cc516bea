using System;

namespace Talo.Reactive.Http;

/// <summary>Sends HTTP calls: the port above <c>HttpClient</c>, where a script enters in a test.</summary>
public interface IHttpTransport
{
    /// <summary>Sends a call. Cold: each subscription is one exchange of its own; disposing it gives the exchange up.</summary>
    /// <param name="call">The call. Its headers carry secrets: never log them.</param>
    /// <returns>One reply of any status, then completion; an error only when no reply came.</returns>
    IObservable<HttpReply> Send(HttpCall call);
}
