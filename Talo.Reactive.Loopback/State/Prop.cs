namespace Talo.Reactive.Loopback.State;

internal readonly record struct Prop(string Key, string Value);
