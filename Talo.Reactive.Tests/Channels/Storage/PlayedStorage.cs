using System;
using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Channels.Storage;
using Model = Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Tests.Channels.Storage;

/// <summary>
/// A server's storage, the wire and a client's merge, moved one step at a time: writes, answers taken at the server before they
/// arrive, events that arrive in order but late, and links that lose what is on them.
/// </summary>
internal sealed class PlayedStorage
{
    internal static readonly string[] Watched = ["a", "b", "c", "t[]", "u[]"];
    private static readonly string[] Written = [.. Watched, "z", "z[]", "A"];
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 18, 20, 11, TimeSpan.Zero);

    private readonly Random random;
    private readonly Model.ChannelStorage server = new();
    private readonly Model.PlayerAlias writer;
    private readonly Queue<ChannelStorageUpdated> wire = [];
    private readonly List<Question> questions = [];
    private bool linked;

    internal PlayedStorage(Random random)
    {
        this.random = random;
        writer = new(1, new(new(1), Start, devBuild: false), "username", "ada", Start);
    }

    internal StorageMerge Merge { get; } = new();

    internal string Server => string.Join(' ', Watched.SelectMany(Exactly).Select(x => $"{x.Key}={x.Value}"));

    internal string? Client => Merge.Read(1, Watched) is { } all ? string.Join(' ', all.Props.Select(x => $"{x.Key}={x.Value}")) : null;

    internal void Play(int steps)
    {
        for (var i = 0; i < steps; i++) Step(random.Next(9));
        Rest();
    }

    private void Step(int kind)
    {
        switch (kind)
        {
            case 0 or 1 or 2: Write(); break;
            case 3 or 4: Deliver(); break;
            case 5: if (linked) Ask(); else Link(); break;
            case 6: if (questions.Find(x => x.Found is null) is { } asked) asked.Found = Found(asked.Keys); break;
            case 7: Answer(random.Next(questions.Count + 1)); break;
            default: if (random.Next(3) == 0) Lose(); break;
        }
    }

    private void Rest()
    {
        if (!linked) Link();
        while (wire.Count > 0 || questions.Count > 0)
        {
            if (random.Next(2) == 0) Deliver();
            else Answer(0);
        }
    }

    private void Write()
    {
        var changes = Enumerable.Range(0, random.Next(4))
            .Select(_ => new Model.PropChange(Written[random.Next(Written.Length)], random.Next(4) == 0 ? null : $"{random.Next(4)}"))
            .ToArray();
        var update = server.Write(changes, writer, Start);
        if (linked) wire.Enqueue(new() { UpsertedProps = Props(update.Upserted), DeletedProps = Props(update.Deleted) });
    }

    private void Deliver()
    {
        if (wire.TryDequeue(out var update)) Merge.Written(update);
    }

    private void Link()
    {
        linked = true;
        Ask(0, 3);
        Ask(3, Watched.Length);
    }

    // Again, as after a transient failure or for another observer: of some keys.
    private void Ask() => Ask(random.Next(Watched.Length), Watched.Length);

    private void Ask(int from, int to)
    {
        var question = new Question(Watched[from..to]);
        questions.Add(question);
        Merge.Asked(question, question.Keys);
    }

    // An answer may be overtaken by one to a later question, and by that of a link before.
    private void Answer(int index)
    {
        if (index >= questions.Count) return;
        var question = questions[index];
        questions.RemoveAt(index);
        Merge.Answered(question, question.Keys, question.Found ?? Found(question.Keys));
    }

    private void Lose()
    {
        linked = false;
        wire.Clear();
        Merge.Lost();
    }

    private ChannelStorageProp[] Found(string[] keys) => Props(keys.SelectMany(server.Find));

    private IEnumerable<Model.StorageProp> Exactly(string key) => server.Find(key).Where(x => x.Key == key);

    private static ChannelStorageProp[] Props(IEnumerable<Model.StorageProp> rows) =>
        [.. rows.Select(x => new ChannelStorageProp { Key = x.Key, Value = x.Value })];

    private sealed class Question(string[] keys)
    {
        internal string[] Keys { get; } = keys;

        internal ChannelStorageProp[]? Found { get; set; }
    }
}
