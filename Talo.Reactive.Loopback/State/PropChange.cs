namespace Talo.Reactive.Loopback.State;

/// <summary>A prop as a client asks for it; without a value it is to be deleted.</summary>
internal readonly record struct PropChange(string Key, string? Value);
