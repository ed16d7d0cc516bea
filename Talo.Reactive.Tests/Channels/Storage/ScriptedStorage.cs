using System;
using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Http;
using Talo.Reactive.Testing;
using Talo.Reactive.Tests.Session;
using Model = Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Tests.Channels.Storage;

/// <summary>The storage of channel 41 on a scripted server: it answers reads, and tells of writes where a link listens.</summary>
internal sealed class ScriptedStorage
{
    internal const int ChannelId = 41;
    internal const string Address = "/v1/game-channels/41/storage/list";

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 18, 20, 11, TimeSpan.Zero);
    private readonly PlayedSession session;
    private readonly Model.ChannelStorage rows = new();
    private readonly Model.PlayerAlias writer = new(212, new(new(1), Start, devBuild: false), "username", "grace", Start);

    internal ScriptedStorage(PlayedSession session)
    {
        this.session = session;
        List = session.Server.Http.On("GET", Address).Reply(Answer);
    }

    /// <summary>The route of reads, for a test to answer otherwise.</summary>
    internal ScriptedRoute List { get; }

    /// <summary>The keys of each read, in order.</summary>
    internal IEnumerable<string> Reads => session.Server.Http.CallsTo("GET", Address).Select(x => string.Join(' ', Keys(x.Call)));

    /// <summary>Writes: <c>k=v</c> sets, <c>k</c> deletes.</summary>
    internal void Write(string changes, bool told = true)
    {
        var update = rows.Write(changes.Split(' ').Select(Change), writer, Start);
        if (told) session.Server.Session.Send("v1.channels.storage.updated", Event(update));
    }

    internal void Send(string kind, object data) => session.Server.Session.Send("v1.channels." + kind, data);

    /// <summary>What the server answers now.</summary>
    internal HttpReply Answer(IEnumerable<string> keys) =>
        ScriptedReply.Json(200, new { props = keys.SelectMany(rows.Find).Select(Row).ToArray() });

    internal HttpReply Answer(HttpCall call) => Answer(Keys(call));

    internal static object Event(Model.StorageUpdate update) => new
    {
        channel = new { id = ChannelId, name = "harbour" },
        upsertedProps = update.Upserted.Select(Row).ToArray(),
        deletedProps = update.Deleted.Select(Row).ToArray(),
    };

    private static Model.PropChange Change(string text)
    {
        var parts = text.Split('=');
        return new(parts[0], parts.Length > 1 ? parts[1] : null);
    }

    private static object Row(Model.StorageProp row) => new { key = row.Key, value = row.Value };

    private static IEnumerable<string> Keys(HttpCall call) =>
        call.Address.Query.TrimStart('?').Split('&').Select(x => Uri.UnescapeDataString(x["propKeys=".Length..]));
}
