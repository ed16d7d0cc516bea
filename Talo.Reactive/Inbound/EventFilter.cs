using System;

namespace Talo.Reactive.Inbound;

/// <summary>Tells from the undecoded data of an event whether it matters. May say yes too often, never no where it does.</summary>
internal delegate bool EventFilter(ReadOnlySpan<byte> data);
