using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Talo.Reactive.Loopback.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Http;

internal sealed record ApiReply(int Status, byte[] Body, string? ContentType)
{
    private const string JsonType = "application/json; charset=utf-8";

    private const string UnhandledMessage = "Something went wrong, please try again later";

    public static readonly ApiReply NoContent = new(204, [], null);

    public static readonly ApiReply NotFound = new(404, Encoding.ASCII.GetBytes("Not Found"), "text/plain; charset=utf-8");

    /// <summary>The answer in production to anything unforeseen, over-long names among it.</summary>
    public static readonly ApiReply Unhandled = Message(500, UnhandledMessage);

    /// <summary>How early in the pipeline the answer was made decides which headers it lacks.</summary>
    public ReplyStage Stage { get; init; } = ReplyStage.Routed;

    /// <summary>The body that Talo gives a status that no route chose.</summary>
    public static string OfStatus(int status)
    {
        var message = status switch
        {
            429 => HttpRateLimit.Message,
            >= 500 => UnhandledMessage,
            _ => ReasonPhrases.GetReasonPhrase(status),
        };
        return Encoding.UTF8.GetString(Message(status, message).Body);
    }

    public static ApiReply Json(int status, Action<Utf8JsonWriter> members) =>
        new(status, JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }), JsonType);

    public static ApiReply Ok(Action<Utf8JsonWriter> members) => Json(200, members);

    /// <summary>The refusal of a write that takes all of its props or none.</summary>
    public static ApiReply PropsRejected(IReadOnlyList<RejectedProp> rejected) => Json(400, writer =>
    {
        writer.WriteStartObject("errors");
        writer.WriteStartArray("props");
        writer.WriteStringValue("One or more props are invalid, see rejectedProps");
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteRejected("rejectedProps", rejected);
    });

    public static ApiReply Message(int status, string message) =>
        Json(status, writer => writer.WriteString("message", message));
}

internal enum ReplyStage
{
    /// <summary>The body could not be read.</summary>
    Body,

    /// <summary>Too many requests.</summary>
    RateLimit,

    Routed,
}
