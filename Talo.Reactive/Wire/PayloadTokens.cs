using System;
using System.Buffers;
using System.Text.Json;

namespace Talo.Reactive.Wire;

/// <summary>
/// The tokens of a payload, found in one walk before anything is made of them: what is no JSON is known before code of the game
/// runs.
/// </summary>
/// <remarks>In a rented array, which <see cref="Release"/> gives back.</remarks>
internal sealed class PayloadTokens
{
    private const int MostMembers = 64;
    private const int MostKept = 64 * 1024;

    private readonly ReadOnlyMemory<byte> _json;
    private PayloadToken[] _tokens = [];

    private PayloadTokens(ReadOnlyMemory<byte> json) => _json = json;

    internal ReadOnlySpan<byte> Json => _json.Span;

    internal int Count { get; private set; }

    internal ref readonly PayloadToken this[int index] => ref _tokens[index];

    /// <summary>Finds the tokens of the JSON object at the start of the bytes.</summary>
    /// <returns>
    /// Null for what only a <see cref="Newtonsoft.Json.Linq.JObject"/> has rules for: a name that comes twice in an object, or is
    /// not plain, more names than are worth comparing, and numbers that are neither a long nor a double.
    /// </returns>
    /// <exception cref="TaloPayloadException">It is not an object, not JSON or too deep.</exception>
    internal static PayloadTokens? Find(ReadOnlyMemory<byte> json)
    {
        var tokens = new PayloadTokens(json);
        var isPlain = false;
        try
        {
            isPlain = Payload.Read(tokens.Json, tokens.TryFill);
            return isPlain ? tokens : null;
        }
        finally
        {
            if (!isPlain) tokens.Release();
        }
    }

    /// <summary>Gives the array back. There are no tokens any more, also for who still has this.</summary>
    internal void Release()
    {
        var rented = _tokens;
        _tokens = [];
        Count = 0;
        GiveBack(rented);
    }

    // The pool keeps what it is given for ever: one giant frame would cost its memory for the rest of the game.
    private static void GiveBack(PayloadToken[] rented)
    {
        if (rented.Length is > 0 and <= MostKept) ArrayPool<PayloadToken>.Shared.Return(rented);
    }

    private bool TryFill(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        Span<int> lastNames = stackalloc int[Payload.MaxDepth + 1];
        var isPlain = true;
        while (true)
        {
            var type = reader.TokenType;
            var previous = -1;
            if (type == JsonTokenType.StartObject) lastNames[reader.CurrentDepth + 1] = -1;
            else if (type == JsonTokenType.Number) isPlain &= JsonNumber.IsPlain(reader.ValueSpan);
            else if (type == JsonTokenType.PropertyName)
            {
                ref var last = ref lastNames[reader.CurrentDepth];
                previous = last;
                last = Count;
                isPlain = isPlain && IsNewName(ref reader, previous);
            }

            // To the end in any case: whether it is JSON comes first.
            if (isPlain) Add(ref reader, previous);
            if (type == JsonTokenType.EndObject && reader.CurrentDepth == 0) return isPlain;
            reader.Read();
        }
    }

    private bool IsNewName(ref Utf8JsonReader reader, int previous)
    {
        var name = reader.ValueSpan;
        if (reader.ValueIsEscaped || !PlainText.IsPrintable(name)) return false;

        var members = 1;
        for (; previous >= 0; previous = _tokens[previous].Previous)
        {
            ref readonly var other = ref _tokens[previous];
            if (++members > MostMembers || Json.Slice(other.Start, other.Length).SequenceEqual(name)) return false;
        }

        return true;
    }

    private void Add(ref Utf8JsonReader reader, int previous)
    {
        if (Count == _tokens.Length) Grow();
        var isText = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
        var start = (int)reader.TokenStartIndex + (isText ? 1 : 0);
        _tokens[Count++] = new PayloadToken(reader.TokenType, start, reader.ValueSpan.Length, reader.ValueIsEscaped, previous);
    }

    private void Grow()
    {
        const int Fewest = 16;
        const int MostAtFirst = 4096;
        const int BytesOfAToken = 4;
        var first = Math.Min(Fewest + (_json.Length / BytesOfAToken), MostAtFirst);
        var larger = ArrayPool<PayloadToken>.Shared.Rent(Math.Max(2 * _tokens.Length, first));
        _tokens.AsSpan().CopyTo(larger);
        GiveBack(_tokens);
        _tokens = larger;
    }
}
