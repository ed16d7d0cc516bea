using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Talo.Reactive.Outbound;

namespace Talo.Reactive.Tests.Outbound;

public sealed class DeliveryLedgerTests
{
    private const int Alias = 105;
    private const int Channel = 41;
    private static readonly Config Runs = Exploration.Runs.WithMaxTest(5000).WithEndSize(120);

    private DeliveryLedger<string, string> _ledger = null!;

    [SetUp]
    public void EmptyLedger() => _ledger = new();

    [Test]
    public void EchoOfAFrame_ItsOwnerOnce()
    {
        Add("ahoy");
        Assert.That(Echo("ahoy"), Is.EqualTo("ahoy"));
        Assert.That(Echo("ahoy"), Is.Null);
    }

    [TestCase(106, 41, "ahoy")]
    [TestCase(105, 42, "ahoy")]
    [TestCase(105, 41, "Ahoy")]
    [TestCase(105, 41, "")]
    public void EchoOfSomebodyOrSomethingElse_NothingSettled(int alias, int channel, string text)
    {
        Add("ahoy");
        Assert.That(_ledger.TryEcho(alias, channel, text, out _), Is.False);
        Assert.That(_ledger.Waiting, Is.EqualTo(1));
    }

    [Test]
    public void SameTextTwice_OldestFirst()
    {
        Add("gg", "first");
        Add("gg", "second");
        Assert.That(Echo("gg"), Is.EqualTo("first"));
        Assert.That(Echo("gg"), Is.EqualTo("second"));
    }

    [Test]
    public void EchoesOutOfOrder_EachToItsOwn()
    {
        Add("a");
        Add("b");
        Assert.That(Echo("b"), Is.EqualTo("b"));
        Assert.That(Echo("a"), Is.EqualTo("a"));
    }

    [Test]
    public void ErrorWithOneFrameOpen_ItIsThat()
    {
        Add("a");
        Assert.That(Error("e1"), Is.EqualTo("a:e1"));
        Assert.That(Echo("a"), Is.Null);
    }

    [Test]
    public void ErrorWithTwoFramesOpen_TheOneThatIsNotEchoed()
    {
        Add("a");
        Add("b");
        Assert.That(Error("e1"), Is.Empty);
        Assert.That(Echo("a"), Is.EqualTo("a"));
        Assert.That(Eliminate(), Is.EqualTo("b:e1"));
        Assert.That(_ledger.Waiting, Is.Zero);
    }

    [Test]
    public void AsManyErrorsAsFrames_PairedOldestWithOldest()
    {
        Add("a");
        Add("b");
        Assert.That(Error("e1"), Is.Empty);
        Assert.That(Error("e2"), Is.EqualTo("a:e1 b:e2"));
    }

    [Test]
    public void FrameWrittenAfterTheError_DoesNotHideWhoseItIs()
    {
        Add("a");
        Add("b");
        Error("e1");
        Add("c");
        Assert.That(Echo("b"), Is.EqualTo("b"));
        Assert.That(Eliminate(), Is.EqualTo("a:e1"));
        Assert.That(Echo("c"), Is.EqualTo("c"));
    }

    [Test]
    public void SameTextBeforeAndAfterAnError_NoOtherFrameIsBlamed()
    {
        Add("x");
        Add("gg", "first");
        Error("e1");
        Add("gg", "second");
        Echo("gg");
        Assert.That(Eliminate(), Is.Empty, "The echo may be the second's, and the error the first's.");
        Assert.That(Echo("x"), Is.EqualTo("x"));
        Assert.That(Eliminate(), Is.EqualTo("second:e1"));
    }

    [Test]
    public void ErrorWithNothingOpen_IsNotKeptForTheNextFrame()
    {
        Error("stray");
        Add("a");
        Assert.That(Eliminate(), Is.Empty);
        Assert.That(Echo("a"), Is.EqualTo("a"));
    }

    [Test]
    public void GivenUp_ItsLateErrorIsNotPinnedOnAnother()
    {
        var a = Add("a");
        Assert.That(_ledger.Expire(a), Is.True);
        Add("b");
        Assert.That(Error("late"), Is.Empty);
        Assert.That(Echo("b"), Is.EqualTo("b"));
        Assert.That(Eliminate(), Is.Empty, "The ghost took it.");
        Add("c");
        Assert.That(Error("e"), Is.EqualTo("c:e"));
    }

    [Test]
    public void GivenUp_ItsLateEchoIsNotTakenForAnother()
    {
        _ledger.Expire(Add("gg", "first"));
        Add("gg", "second");
        Assert.That(Echo("gg"), Is.Null);
        Assert.That(Echo("gg"), Is.EqualTo("second"));
    }

    [Test]
    public void GivenUpTwiceOrAfterItsEcho_SaysSo()
    {
        var a = Add("a");
        Assert.That(_ledger.Expire(a), Is.True);
        Assert.That(_ledger.Expire(a), Is.False);
        var b = Add("b");
        Echo("b");
        Assert.That(_ledger.Expire(b), Is.False);
    }

    [Test]
    public void MoreGhostsThanKept_ErrorsAreNoLongerToldApartAndEchoesStillCount()
    {
        for (var i = 0; i <= DeliveryLedger<string, string>.MaxGhosts; i++) _ledger.Expire(Add($"lost {i}"));
        Add("a");
        for (var i = 0; i <= DeliveryLedger<string, string>.MaxGhosts + 1; i++) Assert.That(Error("e"), Is.Empty);
        Assert.That(Echo("a"), Is.EqualTo("a"));
        Add("b");
        Assert.That(Error("e"), Is.Empty);
    }

    [Test]
    public void MostGhostsThatAreKept_ErrorsAreStillToldApart()
    {
        for (var i = 0; i < DeliveryLedger<string, string>.MaxGhosts; i++) _ledger.Expire(Add($"lost {i}"));
        for (var i = 0; i < DeliveryLedger<string, string>.MaxGhosts; i++) Assert.That(Error("late"), Is.Empty);
        Add("a");
        Assert.That(Error("e"), Is.EqualTo("a:e"));
    }

    [Test]
    public void LinkEnds_TheUnsettledInWireOrderAndThenNothing()
    {
        Add("a");
        _ledger.Expire(Add("b"));
        Add("c");
        Add("d");
        Echo("c");
        Error("e1");
        Assert.That(_ledger.DrainAll(), Is.EqualTo(new[] { "a", "d" }));
        Assert.That(_ledger.DrainAll(), Is.Empty);
        Assert.That(Echo("a"), Is.Null);
        Add("z");
        Assert.That(Error("e2"), Is.EqualTo("z:e2"));
    }

    [Test, Fuzz]
    public void AnyServer_UniqueTexts_NeverAWrongOrADoubleEnd()
    {
        FsCheck.Fluent.Prop.ForAll(Scripts(distinctTexts: 0), static script =>
        {
            var game = new Simulation();
            game.Play(script);
            return game.IsTruthful;
        }).Explore(Runs);
    }

    [Test, Fuzz]
    public void AnyServerThatAnswersEverything_UniqueTexts_EveryFrameEnds()
    {
        FsCheck.Fluent.Prop.ForAll(Scripts(distinctTexts: 0), static script =>
        {
            var game = new Simulation();
            game.Play(script.Where(static s => s.Act != Act.ServerIgnores));
            game.AnswerEverything();
            return game.IsTruthful && game.NobodyWaits;
        }).Explore(Runs);
    }

    [Test, Fuzz]
    public void AnyServer_TextsRepeated_OnlyTheRepeatedMayBeMistakenForEachOther()
    {
        FsCheck.Fluent.Prop.ForAll(Scripts(distinctTexts: 3), static script =>
        {
            var game = new Simulation();
            game.Play(script);
            return game.IsTruthful;
        }).Explore(Runs);
    }

    [Test]
    public void TheScripts_ReachEveryKindOfEnd()
    {
        var ends = new HashSet<string>();
        foreach (var script in Scripts(distinctTexts: 3).Generator.Sample(100, new Rnd(20265), 100))
        {
            var game = new Simulation();
            game.Play(script);
            ends.UnionWith(game.Ends.Values);
        }

        Assert.That(ends, Is.EquivalentTo(new[] { "delivered", "rejected", "given up" }));
    }

    private DeliveryLedger<string, string>.Frame Add(string text, string? owner = null) => _ledger.Add(Alias, Channel, text, owner ?? text);

    private string? Echo(string text) => _ledger.TryEcho(Alias, Channel, text, out var owner) ? owner : null;

    private string Error(string error)
    {
        _ledger.AddError(error);
        return Eliminate();
    }

    private string Eliminate()
    {
        _ledger.TryEliminate(out var rejected);
        return string.Join(' ', rejected.Select(static r => $"{r.Owner}:{r.Error}"));
    }

    private static Arbitrary<Step[]> Scripts(int distinctTexts)
    {
        var act = Gen.Frequency(
            (8, Gen.Constant(Act.Write)),
            (5, Gen.Constant(Act.ServerEchoes)),
            (4, Gen.Constant(Act.ServerRefuses)),
            (1, Gen.Constant(Act.ServerIgnores)),
            (12, Gen.Constant(Act.AnswerArrives)),
            (1, Gen.Constant(Act.GiveUp)),
            (1, Gen.Constant(Act.Noise)));
        var step =
            from a in act
            from pick in Gen.Choose(0, 1_000)
            from repeated in Gen.Choose(0, 1)
            select new Step(a, pick, distinctTexts > 0 && repeated == 1 ? pick % distinctTexts : null);
        return step.ArrayOf().ToArbitrary();
    }

    private enum Act
    {
        Write,
        ServerEchoes,
        ServerRefuses,
        ServerIgnores,
        AnswerArrives,
        GiveUp,
        Noise,
    }

    private sealed record Step(Act Act, int Pick, int? RepeatedText);

    /// <summary>
    /// A server that handles the frames of one link in any order and whose answers overtake each other in any order, a
    /// ledger that hears only the answers, and the truth.
    /// </summary>
    private sealed class Simulation
    {
        private readonly DeliveryLedger<int, int> _ledger = new();
        private readonly List<(string Text, DeliveryLedger<int, int>.Frame Entry, bool IsUnique)> _frames = new();
        private readonly Dictionary<int, Act> _fates = new();
        private readonly List<int> _undecided = new();
        private readonly List<int> _answers = new();
        private readonly HashSet<int> _usedErrors = new();
        private bool _endedTwice;
        private bool _errorUsedTwice;

        internal Dictionary<int, string> Ends { get; } = new();

        internal bool NobodyWaits => _ledger.Waiting == 0 && Ends.Count == _frames.Count;

        internal bool IsTruthful => !_endedTwice && !_errorUsedTwice
            && Ends.All(end => !_frames[end.Key].IsUnique || IsTrue(end.Key, end.Value))
            && _frames.Select(static f => f.Text).Distinct().All(text =>
                Count("delivered", text) <= CountFates(Act.ServerEchoes, text)
                && Count("rejected", text) <= CountFates(Act.ServerRefuses, text));

        internal void Play(IEnumerable<Step> script)
        {
            foreach (var step in script) Play(step);
        }

        internal void AnswerEverything()
        {
            for (var i = 0; _undecided.Count > 0; i++) Decide(7 * i, i % 3 == 0 ? Act.ServerRefuses : Act.ServerEchoes);
            for (var i = 0; _answers.Count > 0; i++) Arrive(5 * i);
        }

        private void Play(Step step)
        {
            switch (step.Act)
            {
                case Act.Write:
                    var text = step.RepeatedText is { } repeated ? $"gg {repeated}" : $"unique {_frames.Count}";
                    _undecided.Add(_frames.Count);
                    _frames.Add((text, _ledger.Add(Alias, Channel, text, _frames.Count), step.RepeatedText is null));
                    break;
                case Act.AnswerArrives:
                    Arrive(step.Pick);
                    break;
                case Act.GiveUp:
                    var waiting = Enumerable.Range(0, _frames.Count).Where(f => !Ends.ContainsKey(f)).ToArray();
                    if (waiting.Length == 0) break;
                    var frame = waiting[step.Pick % waiting.Length];
                    if (_ledger.Expire(_frames[frame].Entry)) End(frame, "given up");
                    break;
                case Act.Noise:
                    if (_frames.Count == 0) break;
                    _endedTwice |= _ledger.TryEcho(Alias + 1, Channel, _frames[step.Pick % _frames.Count].Text, out _);
                    break;
                default:
                    Decide(step.Pick, step.Act);
                    break;
            }
        }

        private void Decide(int pick, Act fate)
        {
            if (_undecided.Count == 0) return;
            var frame = Take(_undecided, pick);
            _fates.Add(frame, fate);
            if (fate != Act.ServerIgnores) _answers.Add(frame);
        }

        private void Arrive(int pick)
        {
            if (_answers.Count == 0) return;
            var frame = Take(_answers, pick);
            if (_fates[frame] == Act.ServerRefuses) _ledger.AddError(frame);
            else if (_ledger.TryEcho(Alias, Channel, _frames[frame].Text, out var owner)) End(owner, "delivered");

            _ledger.TryEliminate(out var rejected);
            foreach (var (owner, error) in rejected)
            {
                _errorUsedTwice |= !_usedErrors.Add(error);
                End(owner, "rejected");
            }
        }

        private void End(int frame, string how) => _endedTwice |= !Ends.TryAdd(frame, how);

        private bool IsTrue(int frame, string end) => end switch
        {
            "delivered" => _fates.GetValueOrDefault(frame) == Act.ServerEchoes,
            "rejected" => _fates.GetValueOrDefault(frame) == Act.ServerRefuses,
            _ => true,
        };

        private int Count(string end, string text) => Ends.Count(e => e.Value == end && _frames[e.Key].Text == text);

        private int CountFates(Act fate, string text) => _fates.Count(f => f.Value == fate && _frames[f.Key].Text == text);

        private static int Take(List<int> list, int pick)
        {
            var index = pick % list.Count;
            var taken = list[index];
            list.RemoveAt(index);
            return taken;
        }
    }
}
