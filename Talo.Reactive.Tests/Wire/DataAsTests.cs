using System;
using System.Collections.Generic;
using System.Dynamic;
using System.Linq;
using System.Numerics;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using Talo.Reactive.Wire;
using static Talo.Reactive.Tests.Wire.GameTypes;

namespace Talo.Reactive.Tests.Wire;

/// <summary>A type of the game's own is the same from the bytes and from <see cref="TaloMessage.Data"/>.</summary>
public sealed class DataAsTests
{
    private static readonly JsonSerializerSettings WithTypes = new() { TypeNameHandling = TypeNameHandling.All };

    private static readonly Func<TaloMessage, object?>[] Types =
    [
        As<Chat>, As<Positional>, As<Plain>, As<Plain?>, As<Loose>, As<Constructed>, As<Filled>, As<Demanding>, As<Forgiving>, As<Shape>, As<First>,
        As<object>, As<JToken>, As<JContainer>, As<JArray>, As<JValue>, As<IDictionary<string, JToken>>, As<ExpandoObject>, As<IComparable>,
        As<Dictionary<string, object>>, As<Dictionary<string, string>>, As<Dictionary<string, Chat>>, As<SortedList<string, JToken>>,
        As<List<int>>, As<object[]>, As<string>, As<int>, As<int?>, As<DateTimeOffset>, As<KeyValuePair<string, object>>, As<Uri>,
    ];

    private static readonly Func<TaloMessage, object?>[] Holders =
    [
        Holds<bool>, Holds<byte>, Holds<sbyte>, Holds<short>, Holds<int>, Holds<uint>, Holds<long>, Holds<ulong>, Holds<float>, Holds<double>,
        Holds<decimal>, Holds<BigInteger>, Holds<char>, Holds<string>, Holds<DateTime>, Holds<DateTimeOffset>, Holds<TimeSpan>, Holds<Guid>,
        Holds<Uri>, Holds<Version>, Holds<byte[]>, Holds<DayOfWeek>, Holds<bool?>, Holds<int?>, Holds<long?>, Holds<double?>, Holds<decimal?>,
        Holds<DateTime?>, Holds<DateTimeOffset?>, Holds<DayOfWeek?>, Holds<object>, Holds<JToken>, Holds<JValue>, Holds<JRaw>, Holds<IConvertible>,
        Holds<List<int>>, Holds<List<DateTimeOffset>>, Holds<HashSet<string>>, Holds<int[,]>, Holds<Dictionary<int, string>>, Holds<Tuple<int>>,
        Holds<Holder<int>>, Holds<Holder<object>>, Holds<RelationshipType>, Holds<RelationshipType?>, Holds<TaloSocketErrorCode>, Holds<PlayerAlias>,
        Holds<List<Prop>>, Holds<ChannelMessage>,
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-0", "-0.0", "7", "007", "-1", "255", "256", "65536", "2147483647", "2147483648", "-2147483649", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "123456789012345678901234567890", "1.0",
        "1.5", "2.5", "1e2", "1E+2", "1e-7", "0.1234567890123456789012345", "4.9e-324", "1e999", "-1e999", "1e400", "79228162514264337593543950336",
        "\"\"", "\" \"", "\"7\"", "\" 7 \"", "\"1.5\"", "\"1,000\"", "\"true\"", "\"x\"", "\"Monday\"", "\"monday\"", "\"é😀\"", "\"a\\n\\\"\\\\\\/\\u00e9\"", "\"\\ud83d\\ude00\"",
        "\"\\ud800\"", "\"\\udc00\\ud800x\"", "\"\\ud800\\ud83d\\ude00\"", "\"\\\\ud800\"", "\"2026-03-02T18:20:11.000Z\"", "\"2026-03-02T18:20:11.123Z\"",
        "\"2026-03-02T18:20:11.000+02:00\"", "\"2026-03-02T18:20:11\"", "\"2026-03-02\"", "\"0001-01-01T00:00:00.000Z\"", "\"9999-12-31T23:59:59.999Z\"",
        "\"2026-02-30T00:00:00.000Z\"", "\"2026-03-02T24:00:00.000Z\"", "\"2026-03-02T18:20:11.000\\u005a\"", "\"/Date(1772475611000)/\"", "\"Mon, 02 Mar 2026 18:20:11 GMT\"",
        "\"00:01:02\"", "\"1.2.3\"", "\"3f0c7a52-9d0e-4a57-8a57-5c1f0b7f2d11\"", "\"AQID\"", "\"https://talo.test/a b\"", "\"unidirectional\"", "\"NaN\"",
        "[]", "[1]", "[1,2.5,\"3\",null]", "[[1,2],[3,4]]", "[\"2026-03-02T18:20:11.000Z\"]", "[1,[2,{\"a\":[]}]]", "{}", "{\"Value\":1}", "{\"value\":1.5}", "{\"1\":\"a\"}",
        "{\"Item1\":1}", "{\"a\":{\"b\":{}}}", "{\"id\":1}", "{\"id\":{}}", "{\"$id\":\"1\",\"Value\":1}", "{\"$ref\":\"1\"}", "{\"$type\":\"System.Int32\",\"$value\":1}",
        "{\"$value\":1}", "{\"$values\":[1]}", "[{\"key\":\"a\",\"value\":\"b\"}]", "{\"a\":1,\"a\":2}", "{\"Value\":1,\"value\":2}", "{\"Value\":1,\"Value\":\"x\"}", "{\"\":1}", "{\"é\":1}", "{\"\\u0056alue\":1}", "{\"a.b\":1}",
        "1 2", "+1", "NaN", "'a'", "/**/1", "[1,]", "{\"a\":1,}", "\"a", "\"\t\"", "\"\\x\"", "tru", "",
    ];

    private static readonly string[] Frames =
    [
        """{"res":"x"}""", """{"res":"x","data":null}""", """{"data":{"message":"a"},"res":"x"}""", """{"res":"x","data":{"message":"a"},"more":{"message":"b"}}""",
        """{"res":"x","data":{"message":"a"},"data":{"message":"b"}}""", """{"res":"x","d\u0061ta":{"message":"a"}}""", """ { "res" : "x" , "data" : { "message" : "a" } } """,
        """{"res":"x","data":[]}""", """{"res":"x","data":[{"message":"a"}]}""", """{"res":"x","data":"a"}""", """{"res":"x","data":7}""", """{"res":"x","data":true}""",
        """{"res":"x","data":{"message":"a"}}}""", """{"res":"x","data":{}secret}}""", """{"res":"x","data":{} {}}""", """{"res":"x","data":{'message':1}}""",
        """{"res":"x","data":{"message":"a","message":7}}""", """{"res":"x","data":{"message":"a","channel":{"props":[1]},"channel":{"id":1}}}""",
        """{"res":"x","data":{"props":[1],"props":[2],"channel":{"a":1},"channel":{"b":2}}}""", """{"res":"x","data":{"message":7,"channel":7,"playerAlias":7}}""",
        """{"res":"x","data":{"message":"x","channel":{"a":"x","b":1},"playerAlias":{"id":1}}}""",
    ];

    [Test]
    public void AFrameOfAnyLayout_IsTheSameFromTheBytes() => Frames.ToList().ForEach(frame => RequireSame(frame, Types));

    [TestCaseSource(typeof(Reference), nameof(Reference.Names))]
    public void AFrameOfTheServer_IsTheSameFromTheBytes(string res) => RequireSame(Reference.Frame(res), Types);

    [TestCaseSource(nameof(Values))]
    public void AMemberOfAnyType_IsTheSameFromTheBytes(string value)
    {
        RequireSame($$$"""{"res":"x","data":{"Value":{{{value}}}}}""", Holders);
        RequireSame($$$"""{"res":"x","data":{"before":{{{value}}},"Value":7}}""", Holders);
        RequireSame($$$"""{"res":"x","data":{"message":{{{value}}},"channel":{{{value}}},"playerAlias":{"id":{{{value}}} } } }""", Types);
    }

    [TestCase(63)]
    [TestCase(64)]
    [TestCase(9000)]
    public void DataOfAnyDepth_IsTheSameFromTheBytes(int depth) =>
        RequireSame($$$"""{"res":"x","data":{"channel":{{{new string('[', depth)}}}{{{new string(']', depth)}}}}}""", Types);

    [TestCase(64)]
    [TestCase(65)]
    [TestCase(1000)]
    public void AnObjectOfManyMembers_IsTheSameFromTheBytes(int count)
    {
        var members = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"member{i}\":{i}"));
        RequireSame("""{"res":"x","data":{""" + members + "}}", Types);
        RequireSame("""{"res":"x","data":{""" + members + ",\"member7\":\"again\"}}", Types);
    }

    [Test, Fuzz]
    public void MembersInAnyOrder_LeftOutOrOfAnotherType_AreTheSameFromTheBytes() => Exploration.ForAnyRandom(random =>
    {
        var data = JToken.Parse(Reference.Data.Values.ElementAt(random.Next(Reference.Data.Count)));
        RequireSame(Frame(Mutation.Harmless(random, data)), Types);
        RequireSame(Frame(Mutation.Maimed(random, data, wrongTypes: true)), Types);
    });

    [Test, Fuzz]
    public void BrokenBytes_AreTheSameFromTheBytes()
    {
        var messages = 0;
        Exploration.ForAnyRandom(random =>
        {
            var frame = Mutation.OfBytes(random, Reference.Frames.ElementAt(random.Next(Reference.Data.Count)));
            if (Read(frame) is null) return;
            messages++;
            RequireSame(frame, Types);
        }, 600);
        Assert.That(messages, Is.GreaterThan(100));
    }

    private static void RequireSame(string frame, Func<TaloMessage, object?>[] types) =>
        RequireSame(Encoding.UTF8.GetBytes(frame), types);

    private static void RequireSame(byte[] frame, Func<TaloMessage, object?>[] types)
    {
        var parsed = Read(frame);
        if (parsed is null) return;
        Outcome(parsed, message => message.Data);
        foreach (var type in types)
        {
            Assert.That(
                Outcome(Read(frame)!, type),
                Is.EqualTo(Outcome(parsed, type)),
                () => $"{Encoding.UTF8.GetString(frame)} as {type.Method.GetGenericArguments()[0]}");
        }
    }

    private static string Outcome(TaloMessage message, Func<TaloMessage, object?> read)
    {
        try
        {
            return JsonConvert.SerializeObject(read(message), WithTypes);
        }
        catch (Exception fault)
        {
            return $"{fault.GetType()}: {fault.Message}";
        }
    }

    private static TaloMessage? Read(byte[] frame) => Envelope.TryScan(frame, out var envelope, out _)
        ? new TaloMessage(ResTable.Name(envelope.Res), frame, envelope.DataStart, envelope.DataLength)
        : null;

    private static string Frame(JToken data) => $$$"""{"res":"x","data":{{{data.ToString(Formatting.None)}}}}""";

    private static object? As<T>(TaloMessage message) => message.DataAs<T>();

    private static Holder<T> Holds<T>(TaloMessage message) => message.DataAs<Holder<T>>();
}
