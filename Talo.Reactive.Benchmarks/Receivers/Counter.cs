namespace Talo.Reactive.Benchmarks.Receivers;

/// <summary>How many values an observer has seen. Observers are called one at a time.</summary>
internal sealed class Counter
{
    internal long Value { get; private set; }

    internal void Add() => Value++;

    internal void Clear() => Value = 0;
}
