using System;

namespace Talo.Reactive.Http;

/// <summary>The clock of this machine: for signatures only, whose times the server compares with its own. Nothing waits on it.</summary>
internal static class MachineClock
{
#pragma warning disable RS0030 // Unix time is not the scheduler's business: virtual time begins wherever a test likes.
    internal static DateTimeOffset Now() => DateTimeOffset.UtcNow;
#pragma warning restore RS0030
}
