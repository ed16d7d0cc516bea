using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

internal sealed class HealthCheck : Route
{
    protected override ApiReply Handle(Change change) => ApiReply.NoContent;
}
