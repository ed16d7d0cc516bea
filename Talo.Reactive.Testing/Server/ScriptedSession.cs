using Newtonsoft.Json.Linq;

namespace Talo.Reactive.Testing;

/// <summary>One connection of a client to a <see cref="ScriptedTalo"/>, seen from the server.</summary>
public sealed class ScriptedSession
{
    private readonly ScriptedTalo _talo;
    private readonly ScriptClock _clock;

    internal ScriptedSession(ScriptedTalo talo, ScriptClock clock, ScriptedLink link)
    {
        _talo = talo;
        _clock = clock;
        Link = link;
    }

    /// <summary>The link under it.</summary>
    public ScriptedLink Link { get; }

    /// <summary>Whether <c>v1.connected</c> has gone out. Frames that come before are dropped, as Talo does.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>Whom it is identified as, or null.</summary>
    public ScriptedPlayer? Player { get; set; }

    /// <summary>Sends a message after the server's latency; nothing happens if the link has ended by then.</summary>
    /// <param name="res">The name of the message.</param>
    /// <param name="data">Anything that Newtonsoft.Json writes as an object; null for <c>{}</c>.</param>
    public void Send(string res, object? data = null) => SendText(ScriptJson.Envelope(res, data ?? new JObject()));

    /// <summary>Sends <c>v1.error</c> after the server's latency.</summary>
    /// <param name="req">The request that failed, or <c>unknown</c>.</param>
    /// <param name="errorCode">The code, <c>NO_PLAYER_FOUND</c> for one.</param>
    /// <param name="message">The text.</param>
    /// <param name="cause">The cause; left out when null.</param>
    public void SendError(string req, string errorCode, string message, string? cause = null) =>
        Send("v1.error", ScriptedTaloJson.Error(req, errorCode, message, cause));

    internal void SendText(string text) => _clock.After(_talo.Latency, () => Link.Receive(text));

    internal void Connect() => _clock.After(_talo.Latency, () =>
    {
        IsConnected = true;
        Link.ReceiveMessage("v1.connected");
    });

    internal void Refuse() => _clock.After(_talo.Latency, () => Link.CloseByPeer(3000));
}
