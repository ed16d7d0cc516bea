namespace Talo.Reactive.Wire;

/// <summary>Reads the data of an event: begins, then has its first token as the current one.</summary>
internal delegate T EventReader<T>(ref EventJson json);
