using System.Collections.Generic;
using System.Text.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Sockets.Requests;

/// <summary>A request that a client may send over the socket. One instance serves all connections.</summary>
internal abstract class SocketRequest
{
    public abstract string Name { get; }

    public abstract IReadOnlyList<string> Scopes { get; }

    public virtual bool NeedsPlayer => true;

    /// <summary>Whether <paramref name="data"/> has the shape that the request needs.</summary>
    public abstract bool Fits(JsonElement data);

    /// <summary>Does it; a <see cref="SocketRefusal"/> becomes the error that the client gets.</summary>
    public abstract void Handle(Change change, Connection connection, JsonElement data);

    protected static bool IsNumber(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble());

    protected static bool IsText(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String;
}
