using System.Collections.Generic;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

/// <summary>Whom the caller follows.</summary>
internal sealed class ListSubscribedTo : RelationshipList
{
    protected override IEnumerable<Subscription> All => Game.Subscriptions.From(Caller);

    protected override PlayerAlias OtherEnd(Subscription subscription) => subscription.SubscribedTo;
}
