using System.Text.Json;

namespace Talo.Reactive.Wire;

/// <summary>Reads an entity whose first token is the current one, and stops at its last.</summary>
internal delegate T EntityReader<T>(ref Utf8JsonReader reader);
