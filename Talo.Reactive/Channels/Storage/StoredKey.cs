using Talo.Reactive.Wire;

namespace Talo.Reactive.Channels.Storage;

/// <summary>
/// What is known of one key. Pure: asking, the answer and each write make a new one. What is written between the asking and the
/// answer is replayed on the answer, because the answer may be older or newer than any of it: what all those writes come to is
/// kept, and not each of them.
/// </summary>
internal sealed record StoredKey
{
    internal static readonly StoredKey Unknown = new();

    /// <summary>The key's rows, one for a plain key, one a value for a list; empty when it is not there, null while not known.</summary>
    internal ValueList<ChannelStorageProp>? Rows { get; private init; }

    /// <summary>Whether somebody has to ask.</summary>
    internal bool IsMissing => Rows is null && Question is null;

    /// <summary>The question whose answer is awaited; null when none is.</summary>
    private object? Question { get; init; }

    /// <summary>What was written since the question; null where nothing was.</summary>
    private StoredWrites? Writes { get; init; }

    /// <summary>A question was asked. Writes of before are in its answer, if they were not lost with a link.</summary>
    internal StoredKey Asked(object question) => this with { Question = question, Writes = null };

    /// <summary>A question was answered. One that is no longer the last to be asked says nothing.</summary>
    internal StoredKey Answered(object question, ValueList<ChannelStorageProp> rows) => ReferenceEquals(Question, question)
        ? new() { Rows = Writes is null ? rows : Writes.On(rows) }
        : this;

    /// <summary>Somebody wrote: these are the rows from now on.</summary>
    internal StoredKey Written(ValueList<ChannelStorageProp> rows) => this with
    {
        Rows = Rows is null ? null : new StoredWrites(rows).On(Rows),
        Writes = Question is null ? null : Writes?.Then(rows) ?? new StoredWrites(rows),
    };

    /// <summary>The link ended: what it would have said is lost, so that no answer to an open question can be completed.</summary>
    internal StoredKey Lost() => this with { Question = null, Writes = null };
}
