using System.Globalization;

namespace Talo.Reactive.Benchmarks.Frames;

/// <summary>The players and channels of the frames. A number gives the same one each time.</summary>
/// <remarks>As the server writes them, less a presence and a date of each player, so that a message comes to the usual 1,013 bytes.</remarks>
internal static class Faces
{
    private const string Day = "2026-11-22T11:27:37.000Z";

    /// <summary>Ids have six digits, so that every frame of a size has the same size.</summary>
    internal const int FirstId = 100_000;

    internal static string Alias(int number)
    {
        var id = (FirstId + number).ToString(CultureInfo.InvariantCulture);
        var player = $"{number:x8}-0fe4-44ab-8509-e0126b38e11f";
        return $$"""{"id":{{id}},"service":"username","identifier":"u-{{id}}","displayName":"u-{{id}}","player":{"id":"{{player}}","props":[]"""
            + $$""","devBuild":false,"createdAt":"{{Day}}","lastSeenAt":"{{Day}}","groups":[]}"""
            + $$""","lastSeenAt":"{{Day}}","createdAt":"{{Day}}"}""";
    }

    /// <summary>A channel whose owner has the same number.</summary>
    internal static string Channel(int number)
    {
        var id = (FirstId + number).ToString(CultureInfo.InvariantCulture);
        return $$"""{"id":{{id}},"name":"room-{{id}}","owner":{{Alias(number)}},"totalMessages":0,"props":[]"""
            + $$""","autoCleanup":false,"private":false,"temporaryMembership":false,"createdAt":"{{Day}}","updatedAt":"{{Day}}"}""";
    }

    /// <summary>What somebody says: words that differ from message to message, of exactly that many characters.</summary>
    internal static string Words(int number, int length)
    {
        const string text = "anyone up for the dungeon? need a healer and two who know the way past the second gate. ";
        return string.Create(length, number, static (span, n) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = text[(i + (n * 7)) % text.Length];
            if (span.Length > 0 && span[^1] == ' ') span[^1] = '!';
        });
    }
}
