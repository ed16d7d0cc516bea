using System.Collections.Generic;
using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class CreateChannel : Route
{
    private ChannelCreation creation = new();

    protected override IReadOnlyList<string> Scopes => ["write:gameChannels"];

    protected override bool NeedsAlias => true;

    protected override bool HasBody => true;

    protected override void ReadBody(BodyFields body) => creation = new()
    {
        Name = body.Text("name"),
        Props = body.OptionalProps("props"),
        AutoCleanup = body.OptionalFlag("autoCleanup") ?? false,
        IsPrivate = body.OptionalFlag("private") ?? false,
        TemporaryMembership = body.OptionalFlag("temporaryMembership") ?? false,
    };

    protected override ApiReply Handle(Change change)
    {
        var rejected = new List<RejectedProp>();
        if ((creation with { Owner = Caller }).Apply(change, Game, rejected) is not { } channel)
            throw new ApiRefusal(rejected.Count > 0 ? ApiReply.PropsRejected(rejected) : ApiReply.Unhandled);

        ChannelMembership.Join(change, channel, Caller);
        return ApiReply.Ok(writer =>
        {
            writer.WritePropertyName("channel");
            writer.WriteChannel(channel, channel.CountMembers(Call.IncludesDevData));
        });
    }
}
