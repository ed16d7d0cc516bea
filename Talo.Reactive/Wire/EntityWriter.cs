using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

/// <summary>Writes an entity with the member names of the server.</summary>
internal delegate void EntityWriter<in T>(JsonWriter writer, T entity);
