using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace Talo.Reactive.Tests.Wire;

/// <summary>Random changes to what the server sends.</summary>
internal static class Mutation
{
    private static readonly string[] Pieces =
        ["{", "}", "[", "]", "\"", ",", ":", "\\", "\\u", "\\ud800", "null", "1e999", "-", "\uFEFF", " ", "/", "\\x", "\"res\"", "é"];

    /// <summary>Bytes overwritten, removed, cut and inserted: mostly broken JSON.</summary>
    internal static byte[] OfBytes(Random random, string json)
    {
        var bytes = Reference.Utf8(json).ToList();
        for (var changes = random.Next(1, 4); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.InsertRange(at, Reference.Utf8(Pieces[random.Next(Pieces.Length)])); break;
                default: bytes.RemoveRange(at, Math.Min(random.Next(8), bytes.Count - at)); break;
            }
        }

        return [.. bytes];
    }

    /// <summary>The same members in another order, with unknown ones between them.</summary>
    internal static JToken Harmless(Random random, JToken token) => token switch
    {
        JObject source => Shuffled(random, source.Properties()
            .Select(member => new JProperty(member.Name, Harmless(random, member.Value)))
            .Concat(Enumerable.Range(0, random.Next(3)).Select(i => new JProperty($"unknown{i}", Anything(random, 3))))),
        JArray source => new JArray(source.Select(item => Harmless(random, item))),
        _ => token.DeepClone(),
    };

    /// <summary>Members left out, set to null or to a value of any type.</summary>
    internal static JToken Maimed(Random random, JToken token, bool wrongTypes) => token switch
    {
        JObject source => new JObject(source.Properties().SelectMany(member => random.Next(12) switch
        {
            0 => Array.Empty<JProperty>(),
            1 => [new JProperty(member.Name, JValue.CreateNull())],
            2 when wrongTypes => [new JProperty(member.Name, Anything(random, 2))],
            _ => [new JProperty(member.Name, Maimed(random, member.Value, wrongTypes))],
        })),
        JArray source => new JArray(source.Select(item => Maimed(random, item, wrongTypes))),
        _ => token.DeepClone(),
    };

    private static JObject Shuffled(Random random, IEnumerable<JProperty> members) =>
        new(members.OrderBy(_ => random.Next()).ToArray<object>());

    private static JToken Anything(Random random, int depth) => random.Next(depth > 0 ? 8 : 6) switch
    {
        0 => JValue.CreateNull(),
        1 => new JValue(random.Next(2) == 0),
        2 => new JValue(random.Next()),
        3 => new JValue(random.NextDouble() * 1e12),
        4 => new JValue("2026-03-02T18:20:11.000Z"),
        5 => new JValue("text \"\\\t é 😀"),
        6 => new JArray(Enumerable.Range(0, random.Next(3)).Select(_ => Anything(random, depth - 1))),
        _ => new JObject(new JProperty("id", Anything(random, depth - 1)), new JProperty("res", Anything(random, depth - 1))),
    };
}
