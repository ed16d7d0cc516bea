using System;
using System.Text;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

/// <summary>
/// Newtonsoft's reader over the bytes of a payload. It shows what the reader of a
/// <see cref="Newtonsoft.Json.Linq.JObject"/> would show, and every conversion is the one that both inherit, so a type becomes
/// the same from either.
/// </summary>
internal sealed class PayloadReader(PayloadTokens tokens) : JsonReader
{
    private static readonly object True = true;
    private static readonly object False = false;

    private int _next;
    private bool _readsInt32;
    private bool _readsDate;

    public override bool Read()
    {
        var (isInt32, isDate) = (_readsInt32, _readsDate);
        _readsInt32 = _readsDate = false;
        if (_next >= tokens.Count)
        {
            SetToken(JsonToken.None);
            return false;
        }

        ref readonly var token = ref tokens[_next++];
        var text = tokens.Json.Slice(token.Start, token.Length);
        switch (token.Type)
        {
            case JsonTokenType.StartObject: SetToken(JsonToken.StartObject); break;
            case JsonTokenType.EndObject: SetToken(JsonToken.EndObject); break;
            case JsonTokenType.StartArray: SetToken(JsonToken.StartArray); break;
            case JsonTokenType.EndArray: SetToken(JsonToken.EndArray); break;
            case JsonTokenType.PropertyName: SetToken(JsonToken.PropertyName, MemberNames.Of(text)); break;
            case JsonTokenType.True: SetToken(JsonToken.Boolean, True); break;
            case JsonTokenType.False: SetToken(JsonToken.Boolean, False); break;
            case JsonTokenType.Null: SetToken(JsonToken.Null); break;
            case JsonTokenType.Number: SetNumber(text, isInt32); break;
            default: SetText(text, token.IsEscaped, isDate); break;
        }

        return true;
    }

    // What is inherited takes what it is given if it is right already; a long would be boxed, and then the int again.
    public override int? ReadAsInt32()
    {
        _readsInt32 = true;
        return base.ReadAsInt32();
    }

    // Likewise: of a time in the server's own layout no string is made.
    public override DateTimeOffset? ReadAsDateTimeOffset()
    {
        _readsDate = true;
        return base.ReadAsDateTimeOffset();
    }

    private void SetNumber(ReadOnlySpan<byte> text, bool isInt32)
    {
        if (!JsonNumber.IsInteger(text))
        {
            SetToken(JsonToken.Float, JsonNumber.Double(text));
            return;
        }

        var number = JsonNumber.Int64(text);
        if (isInt32 && number is >= int.MinValue and <= int.MaxValue) SetToken(JsonToken.Integer, (int)number);
        else SetToken(JsonToken.Integer, number);
    }

    private void SetText(ReadOnlySpan<byte> text, bool isEscaped, bool isDate)
    {
        if (isDate && PlainDate.TryRead(text, out var time)) SetToken(JsonToken.Date, time);
        else SetToken(JsonToken.String, isEscaped ? JsonText.Unescape(text, Encoding.UTF8) : Encoding.UTF8.GetString(text));
    }
}
