using System;
using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.Channels.Memberships;

/// <summary>A session as ada, a channel of temporary membership, and everything that is told about it.</summary>
internal sealed class PlayedMembership : IDisposable
{
    internal const int Id = 41;

    internal PlayedMembership(Action<TaloClientOptions>? configure = null, bool temporary = true)
    {
        Temporary = temporary;
        Session = new PlayedSession(configure).Identified();
        Alias = Session.Talo.CurrentAlias!.Id;
        Session.Server.Http.On("POST", "/v1/game-channels/41/join").Reply(_ => Talo.Reactive.Testing.ScriptedReply.Json(200, new { channel = Channel() }));
        Session.Server.Http.On("POST", "/v1/game-channels/41/leave").Reply(204, "");
        Session.Talo.Channels.MembershipLost.Subscribe(Lost.Add);
    }

    internal PlayedSession Session { get; }

    internal int Alias { get; }

    internal bool Temporary { get; set; }

    internal int? Owner { get; set; }

    internal string Name { get; set; } = "harbour";

    internal List<ChannelMembershipLost> Lost { get; } = [];

    internal List<string> Heard { get; } = [];

    /// <summary>The channel's calls so far, in order: join and leave.</summary>
    internal string Calls => string.Join(" ", Session.Server.Http.Calls
        .Select(x => x.Call.Address.AbsolutePath)
        .Where(x => x.StartsWith("/v1/game-channels/41/", StringComparison.Ordinal))
        .Select(x => x["/v1/game-channels/41/".Length..]));

    internal object Channel() => new
    {
        id = Id,
        name = Name,
        owner = Owner is { } owner ? new { id = owner } : null,
        temporaryMembership = Temporary,
    };

    internal PlayedMembership Joined()
    {
        _ = Session.Talo.Channels.JoinAsync(Id);
        Session.Settle();
        return this;
    }

    internal IDisposable Observe(string who = "") => Session.Talo.Channels.In(Id).Joined().Subscribe(
        x => Heard.Add(who + x.Name),
        x => Heard.Add(who + "!" + ((TaloException)x).Status),
        () => Heard.Add(who + "|"));

    internal void Refuse(int status, string message = "no") => Session.Server.Http.On("POST", "/v1/game-channels/41/join").Reply(status, new { message });

    internal void RefuseOnce(int status, params (string, string)[] headers) =>
        Session.Server.Http.On("POST", "/v1/game-channels/41/join").ReplyOnce(status, new { message = "no" }, headers);

    internal void LoseLink()
    {
        Session.Server.Link.Lose();
        Session.Advance(4.5);
        NUnit.Framework.Assert.That(Session.Talo.Socket.IsIdentified, NUnit.Framework.Is.True, Session.Path);
    }

    internal void Tell(string kind, object? more = null)
    {
        var data = Newtonsoft.Json.Linq.JObject.FromObject(more ?? new { });
        data["channel"] = Newtonsoft.Json.Linq.JObject.FromObject(Channel());
        Session.Server.Link.ReceiveMessage("v1.channels." + kind, data);
        Session.Settle();
    }

    internal void TellLeft(int reason, int? alias = null) =>
        Tell("player-left", new { playerAlias = new { id = alias ?? Alias }, meta = new { reason } });

    public void Dispose() => Session.Dispose();
}
