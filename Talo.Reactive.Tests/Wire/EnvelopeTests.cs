using System;
using System.Linq;
using System.Text;
using FsCheck.Fluent;
using NUnit.Framework;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Tests.Wire;

public sealed class EnvelopeTests
{
    [TestCaseSource(typeof(Reference), nameof(Reference.Names))]
    public void FrameOfTheServer_IsTakenApart(string res)
    {
        var scan = Scan(Reference.Frame(res));
        Assert.That((scan.Res, scan.Data), Is.EqualTo((res, Reference.Data[res])));
    }

    [TestCaseSource(typeof(Reference), nameof(Reference.Names))]
    public void FastAndTolerantWay_Agree(string res)
    {
        var frame = Reference.Utf8(Reference.Frame(res));
        var fast = Envelope.TryScan(frame, out var byLayout, out _);
        var slow = EnvelopeScan.TryScan(frame, out var byReading, out _);

        Assert.That(fast && slow, Is.True);
        Assert.That(byLayout.Res.SequenceEqual(byReading.Res), Is.True);
        Assert.That((byLayout.DataStart, byLayout.DataLength), Is.EqualTo((byReading.DataStart, byReading.DataLength)));
    }

    [Test]
    public void FrameOfTheServer_AllocatesNothing()
    {
        var frame = Reference.Utf8(Reference.Frame("v1.channels.message"));
        Assert.That(Envelope.TryScan(frame, out var first, out _) && ResTable.TryGet(first.Res, out _), Is.True);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var known = 0;
        for (var i = 0; i < 100; i++)
        {
            if (Envelope.TryScan(frame, out var envelope, out _) && ResTable.TryGet(envelope.Res, out _)) known++;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That((known, allocated), Is.EqualTo((100, 0L)));
    }

    [TestCase("""{"data":{"a":1},"res":"x"}""", "x", """{"a":1}""", TestName = "MembersInAnotherOrder_AreFound")]
    [TestCase(""" { "res" : "x" , "data" : { "a" : 1 } } """, "x", """{ "a" : 1 }""", TestName = "Blanks_AreFine")]
    [TestCase("""{"v":[{"res":1}],"res":"x","more":{"data":2},"data":{"a":1},"z":null}""", "x", """{"a":1}""", TestName = "MoreMembers_AreFine")]
    [TestCase("""{"res":"x"}""", "x", "", TestName = "MissingData_IsEmpty")]
    [TestCase("""{"res":"x","data":null}""", "x", "", TestName = "NullData_IsEmpty")]
    [TestCase("""{"res":"x","data":[1]}""", "x", "[1]", TestName = "DataThatIsNoObject_IsLeftToTheReader")]
    [TestCase("""{"res":"x","data":7}""", "x", "7", TestName = "DataThatIsANumber_IsLeftToTheReader")]
    [TestCase("""{"res":"a\"\u00e9","data":{}}""", "a\"é", "{}", TestName = "EscapedName_IsUnescaped")]
    [TestCase("""{"res":"v1.\u0078","data":{}}""", "v1.x", "{}", TestName = "EscapedNameInTheLayoutOfTheServer_IsUnescaped")]
    [TestCase("""{"res":"é","data":{}}""", "é", "{}", TestName = "NameThatIsNotAscii_IsKept")]
    [TestCase("""{"\u0072es":"x","d\u0061ta":{"a":1}}""", "x", """{"a":1}""", TestName = "EscapedMemberNames_AreRead")]
    [TestCase("""{"res":"x","data":{},"res":"y"}""", "y", "{}", TestName = "LastDuplicate_Wins")]
    [TestCase("""{"res":"","data":{}}""", "", "{}", TestName = "EmptyName_IsAName")]
    [TestCase("""{"\ud800":1,"res":"x","data":{}}""", "x", "{}", TestName = "MemberNamedByHalfAPair_IsSkipped")]
    [TestCase("""{"\ud800":1,"res":"\udfffx","data":{}}""", "\uFFFDx", "{}", TestName = "HalfAPairInAName_IsReplaced")]
    public void UnusualFrame_IsTakenApart(string frame, string res, string data)
    {
        var scan = Scan(frame);
        Assert.That((scan.Problem, scan.Res, scan.Data), Is.EqualTo(("", res, data)));
    }

    [TestCase("", "empty")]
    [TestCase("   ", "not JSON")]
    [TestCase("v1.heartbeat", "not JSON")]
    [TestCase("""{"res":"x","data":{}""", "not JSON")]
    [TestCase("""{"res":"x","data":}}""", "not JSON")]
    [TestCase("""{"res":"x","data":{}} {}""", "not JSON")]
    [TestCase("""{'res':'x'}""", "not JSON")]
    [TestCase("""[{"res":"x","data":{}}]""", "not a JSON object")]
    [TestCase("\"secret\"", "not a JSON object")]
    [TestCase("null", "not a JSON object")]
    [TestCase("{}", "without a \"res\" that is a string")]
    [TestCase("""{"data":{}}""", "without a \"res\" that is a string")]
    [TestCase("""{"res":7,"data":{}}""", "without a \"res\" that is a string")]
    [TestCase("""{"res":null,"data":{}}""", "without a \"res\" that is a string")]
    [TestCase("""{"res":{"res":"x"},"data":{}}""", "without a \"res\" that is a string")]
    [TestCase("""{"Res":"x","data":{}}""", "without a \"res\" that is a string")]
    [TestCase("""{"d":{"res":"x"}}""", "without a \"res\" that is a string")]
    public void WhatIsNoEnvelope_HasAProblem(string frame, string problem) =>
        Assert.That(Scan(frame).Problem, Is.EqualTo(problem));

    [Test]
    public void ByteOrderMark_IsAProblem() =>
        Assert.That(Scan("\uFEFF" + Reference.Frame("v1.connected")).Problem, Is.EqualTo("starts with a byte order mark"));

    [Test]
    public void InvalidUtf8_IsAProblem()
    {
        var frame = Encoding.Latin1.GetBytes("{\"data\":{\"a\":\"\u00ff\"},\"res\":\"x\"}");
        Assert.That(Envelope.TryScan(frame, out _, out var problem), Is.False);
        Assert.That(problem, Is.EqualTo("not valid UTF-8"));
    }

    [TestCase(64, "")]
    [TestCase(65, "nested too deeply")]
    [TestCase(100_000, "nested too deeply")]
    public void Depth_IsLimited(int depth, string problem)
    {
        var data = new string('[', depth) + new string(']', depth);
        Assert.That(Scan($$"""{"data":{{data}},"res":"x"}""").Problem, Is.EqualTo(problem));
    }

    [Test, Fuzz]
    public void RandomBytes_NeverThrow()
    {
        Exploration.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => Envelope.TryScan(bytes, out _, out _));
        Exploration.ForAnyRandom(random =>
        {
            var frame = Mutation.OfBytes(random, Reference.Frames.ElementAt(random.Next(Reference.Data.Count)));
            var known = Envelope.TryScan(frame, out var envelope, out var problem);
            Assert.That(known, Is.EqualTo(problem.Length == 0));
            if (known) Assert.That(envelope.DataStart + envelope.DataLength, Is.LessThanOrEqualTo(frame.Length));
        }, 2000);
    }

    private static (string Res, string Data, string Problem) Scan(string text)
    {
        var frame = Reference.Utf8(text);
        return Envelope.TryScan(frame, out var envelope, out var problem)
            ? (Encoding.UTF8.GetString(envelope.Res), Encoding.UTF8.GetString(frame, envelope.DataStart, envelope.DataLength), problem)
            : ("", "", problem);
    }
}
