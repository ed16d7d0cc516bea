using System;

namespace Talo.Reactive.Testing;

/// <summary>What was observed is not what was expected.</summary>
public sealed class ReactiveAssertException : Exception
{
    /// <summary>Makes it without a text.</summary>
    public ReactiveAssertException()
    {
    }

    /// <summary>Makes it with a text.</summary>
    public ReactiveAssertException(string message)
        : base(message)
    {
    }

    /// <summary>Makes it with a text and a cause.</summary>
    public ReactiveAssertException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
