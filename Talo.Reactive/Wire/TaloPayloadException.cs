using System;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>What the server sent does not fit what it was read as.</summary>
/// <remarks>
/// The text names the response, the member and what was expected there, and never the content, which may be a secret or
/// a player's words. Missing, null and unknown members do not cause it: only JSON that is broken or of another shape does.
/// </remarks>
public sealed class TaloPayloadException : Exception
{
    internal TaloPayloadException(string res, string path, string problem, long offset = 0)
        : base(Describe(res, path, problem))
    {
        Res = res;
        Path = path;
        Problem = problem;
        Offset = offset;
    }

    /// <summary>The name of the response, or empty when it was not one.</summary>
    public string Res { get; }

    /// <summary>The member inside <c>data</c>, such as <c>playerAlias.id</c> or <c>props[2]</c>; empty for the whole.</summary>
    public string Path { get; }

    /// <summary>What was expected, without content.</summary>
    internal string Problem { get; }

    /// <summary>The index of the byte where it was noticed.</summary>
    internal long Offset { get; }

    internal TaloPayloadException For(string res) => new(res, Path, Problem, Offset);

    private static string Describe(string res, string path, string problem)
    {
        var payload = res.Length == 0 ? "The payload" : $"The payload of {res}";
        var member = path.Length == 0 ? "" : $" at \"{path}\"";
        return ControlCharacters.Escape($"{payload} does not fit{member}: {problem}.");
    }
}
