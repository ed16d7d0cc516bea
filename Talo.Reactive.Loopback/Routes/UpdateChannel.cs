using System.Collections.Generic;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class UpdateChannel : ChannelRoute
{
    private ChannelUpdate update = new();

    protected override bool HasBody => true;

    protected override void ReadBody(BodyFields body) => update = new()
    {
        Name = body.OptionalText("name"),
        Props = body.OptionalPropChanges("props"),
        SuppliesOwner = body.Has("ownerAliasId"),
        OwnerAliasId = body.Has("ownerAliasId") && !body.IsNull("ownerAliasId") ? body.Number("ownerAliasId") : null,
        AutoCleanup = body.OptionalFlag("autoCleanup"),
        IsPrivate = body.OptionalFlag("private"),
        TemporaryMembership = body.OptionalFlag("temporaryMembership"),
    };

    protected override ApiReply Handle(Change change, Channel channel)
    {
        DemandOwner(channel);
        var rejected = new List<RejectedProp>();
        return update.Apply(change, channel, rejected) switch
        {
            ChannelUpdateFault.PropsRejected => throw new ApiRefusal(ApiReply.PropsRejected(rejected)),
            ChannelUpdateFault.OwnerNotFound => throw new ApiRefusal(404, "New owner not found"),
            ChannelUpdateFault.NameTooLong => throw new ApiRefusal(ApiReply.Unhandled),
            _ => Reply(channel),
        };
    }
}
