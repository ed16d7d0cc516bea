namespace Talo.Reactive.Wire;

/// <summary>Reads the data of an event, whose first token is the current one.</summary>
internal delegate T EventReader<T>(ref EventJson json);
