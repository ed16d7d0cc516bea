using System.Collections.Generic;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class CreateChannel : Route
{
    private string name = "";
    private IReadOnlyList<Prop> props = [];
    private bool autoCleanup;
    private bool isPrivate;
    private bool temporaryMembership;

    protected override IReadOnlyList<string> Scopes => ["write:gameChannels"];

    protected override bool NeedsAlias => true;

    protected override bool HasBody => true;

    protected override void ReadBody(BodyFields body)
    {
        name = body.Text("name");
        props = body.OptionalProps("props");
        autoCleanup = body.OptionalFlag("autoCleanup") ?? false;
        isPrivate = body.OptionalFlag("private") ?? false;
        temporaryMembership = body.OptionalFlag("temporaryMembership") ?? false;
    }

    protected override ApiReply Handle(Change change)
    {
        var rejected = new List<RejectedProp>();
        var accepted = PropRules.ForCreation(props, rejected);
        if (rejected.Count > 0)
            throw new ApiRefusal(ApiReply.PropsRejected(rejected));
        if (name.Length > Channel.MaxName)
            throw new ApiRefusal(ApiReply.Unhandled);

        var channel = change.Store(new Channel(change.World.NextChannelId(), Game, name, change.Now)
        {
            Owner = Caller,
            Props = accepted,
            AutoCleanup = autoCleanup,
            IsPrivate = isPrivate,
            TemporaryMembership = temporaryMembership,
        });
        Game.Channels.Add(channel.Id, channel);
        ChannelMembership.Join(change, channel, Caller);
        return ApiReply.Ok(writer =>
        {
            writer.WritePropertyName("channel");
            writer.WriteChannel(channel, channel.CountMembers(Call.IncludesDevData));
        });
    }
}
