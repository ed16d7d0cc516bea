using System;
using System.Text.Json;
using Newtonsoft.Json;

namespace Talo.Reactive.Wire;

internal static class TaloSocketErrorJson
{
    internal static TaloSocketError Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        var req = "";
        TaloSocketErrorCode code = default;
        var message = "";
        string? cause = null;

        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("req"u8)) req = Token.Text(ref reader);
            else if (member.SequenceEqual("errorCode"u8)) code = new TaloSocketErrorCode(Token.Text(ref reader));
            else if (member.SequenceEqual("message"u8)) message = Token.Text(ref reader);
            else if (member.SequenceEqual("cause"u8)) cause = Token.TextOrNull(ref reader);
            else reader.Skip();
        }

        return new TaloSocketError { Req = req, Code = code, Message = message, Cause = cause };
    }

    internal static void Write(JsonWriter writer, TaloSocketError entity)
    {
        writer.WriteStartObject();
        writer.Member("req", entity.Req);
        writer.Member("message", entity.Message);
        writer.Member("errorCode", entity.Code.Value);
        if (entity.Cause is not null) writer.Member("cause", entity.Cause);
        writer.WriteEndObject();
    }
}
