using System;

namespace Talo.Reactive.Inbound;

/// <summary>Where faults go.</summary>
internal interface IFaultReporter
{
    /// <summary>An observer threw.</summary>
    void ObserverThrew(string stream, Exception error, bool detached);

    /// <summary>Anything else.</summary>
    void Report(TaloFaultKind kind, string text, string? where = null, Exception? error = null);
}
