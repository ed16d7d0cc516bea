namespace Talo.Reactive.Loopback.State;

internal enum LeaveReason
{
    Default = 0,
    TemporaryMembership = 1,
}
