using System;
using System.Text;

namespace Talo.Reactive.Wire;

/// <summary>Stands for an exception whose text named a secret: an exception cannot be changed.</summary>
internal sealed class RedactedException(string message, string? stackTrace) : TaloException(message)
{
    public override string? StackTrace => stackTrace;

    /// <summary>What an exception says, and what those under it say.</summary>
    internal static string TextOf(Exception error)
    {
        var text = new StringBuilder();
        for (Exception? next = error; next is not null; next = next.InnerException)
            text.Append(text.Length == 0 ? "" : " <- ").Append(next.GetType().Name).Append(": ").Append(next.Message);
        return text.ToString();
    }
}
