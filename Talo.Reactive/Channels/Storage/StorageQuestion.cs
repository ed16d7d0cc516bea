using System;
using System.Collections.Generic;
using System.Reactive.Disposables;

namespace Talo.Reactive.Channels.Storage;

/// <summary>A call for some keys that is under way, or waits to be made again.</summary>
internal sealed class StorageQuestion(IReadOnlyList<string> keys, int attempt) : IDisposable
{
    private readonly SerialDisposable under = new();

    internal IReadOnlyList<string> Keys => keys;

    /// <summary>How often it failed before.</summary>
    internal int Attempt => attempt;

    /// <summary>What is given up when nobody wants the answer any more.</summary>
    internal IDisposable Under
    {
        set => under.Disposable = value;
    }

    public void Dispose() => under.Dispose();
}
