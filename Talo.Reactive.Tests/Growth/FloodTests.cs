using System;
using System.Globalization;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using Talo.Reactive.Tests.Fuzz;
using Talo.Reactive.Tests.Session;
using Talo.Reactive.Tests.Wire;

namespace Talo.Reactive.Tests.Growth;

/// <summary>What a server tells, however much and however large, leaves a client about as large as it was.</summary>
public sealed class FloodTests
{
    private const int Megabyte = 1024 * 1024;

    private static string[] Kinds =>
        [.. Reference.Names.Where(static x => x is not "v1.players.identify.success")];

    [Test]
    public void ManyEvents_EachWithNewIds_AreNotKept([ValueSource(nameof(Kinds))] string res, [Values] bool ofThePlayer) =>
        Assert.That(Growth(res, ofThePlayer, frames: 6_000, text: "text"), Is.LessThan(2 * Megabyte));

    [Test]
    public void LongTexts_AreNotKept([ValueSource(nameof(Kinds))] string res, [Values] bool ofThePlayer) =>
        Assert.That(Growth(res, ofThePlayer, frames: 100, text: new string('x', 50_000)), Is.LessThan(2 * Megabyte));

    /// <summary>By how much a client grows by frames of a kind, each with ids of its own.</summary>
    private static long Growth(string res, bool ofThePlayer, int frames, string text)
    {
        using var session = new PlayedSession();
        session.Identified();
        EveryStream.Observe(session.Talo, 41, static (_, _) => { }, static (_, _) => { });
        var template = new EventTemplate(res, ofThePlayer ? session.Talo.CurrentAlias : null, text);
        var id = 1_000;
        Play(10);
        var before = Reachable.BytesFrom(session.Talo);
        Play(frames);
        return Reachable.BytesFrom(session.Talo) - before;

        void Play(int count)
        {
            for (var i = 0; i < count; i++) session.Server.Link.Receive(template.With(++id));
            session.Advance(1);
        }
    }

    /// <summary>An event whose every id can be made new, and whose every text is another.</summary>
    private sealed class EventTemplate
    {
        private readonly string _frame;

        internal EventTemplate(string res, PlayerAlias? player, string text)
        {
            var frame = JObject.Parse(Reference.Frame(res));
            Fill(frame["data"]!, player, text);
            _frame = frame.ToString(Formatting.None);
        }

        internal string With(int id)
        {
            var digits = id.ToString(CultureInfo.InvariantCulture);
            return _frame.Replace("\"#\"", digits, StringComparison.Ordinal).Replace("#", digits, StringComparison.Ordinal);
        }

        private static void Fill(JToken token, PlayerAlias? player, string text)
        {
            foreach (var member in token.SelectTokens("$..*").OfType<JValue>().ToArray())
            {
                var isOfPlayer = member.Path.Contains("playerAlias", StringComparison.Ordinal) && player is not null;
                if (member.Path.EndsWith("playerAlias.player.id", StringComparison.Ordinal)) member.Value = isOfPlayer ? player!.Player.Id : "player-#";
                else if (member.Path.EndsWith(".id", StringComparison.Ordinal)) member.Value = isOfPlayer ? player!.Id : "#";
                else if (member.Path.EndsWith("temporaryMembership", StringComparison.Ordinal)) member.Value = true;
                else if (member.Type is JTokenType.String && !member.Path.EndsWith("At", StringComparison.Ordinal)) member.Value = text;
            }
        }
    }
}
