namespace Talo.Reactive.Loopback.State;

internal readonly record struct RejectedProp(string Key, string Error, string Message);
