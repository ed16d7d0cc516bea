using System;
using NUnit.Framework;

namespace Talo.Reactive.Tests;

/// <summary>The category of tests with random input: <see cref="Exploration"/> says how they are explored.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class FuzzAttribute : CategoryAttribute
{
    /// <summary>The share of the time of an exploration, beside the 1 of others.</summary>
    public int Weight { get; set; } = 1;
}
