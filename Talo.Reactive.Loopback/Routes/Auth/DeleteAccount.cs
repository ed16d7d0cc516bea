using Talo.Reactive.Loopback.Http;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes.Auth;

internal sealed class DeleteAccount : PasswordRoute
{
    protected override ApiReply Apply(Change change, PlayerAuth auth)
    {
        Accounts.Delete(Caller);
        return ApiReply.NoContent;
    }
}
