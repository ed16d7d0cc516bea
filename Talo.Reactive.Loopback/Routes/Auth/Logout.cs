using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes.Auth;

internal sealed class Logout : AccountRoute
{
    protected override bool HasBody => false;

    protected override ApiReply Handle(Change change, PlayerAuth auth)
    {
        auth.EndSession();
        return ApiReply.NoContent;
    }
}
