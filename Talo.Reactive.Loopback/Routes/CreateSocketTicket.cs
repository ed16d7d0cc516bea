using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class CreateSocketTicket : Route
{
    protected override ApiReply Handle(Change change)
    {
        var ticket = change.World.Tickets.Issue(Call.Key, change.Now);
        return ApiReply.Ok(writer => writer.WriteString("ticket", ticket));
    }
}
