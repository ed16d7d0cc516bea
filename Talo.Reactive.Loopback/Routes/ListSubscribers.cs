using System.Collections.Generic;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Routes;

/// <summary>Who follows the caller.</summary>
internal sealed class ListSubscribers : RelationshipList
{
    protected override IEnumerable<Subscription> All => Game.Subscriptions.To(Caller);

    protected override PlayerAlias OtherEnd(Subscription subscription) => subscription.Subscriber;
}
