using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Talo.Reactive.Loopback.Json;

namespace Talo.Reactive.Loopback.Http;

/// <summary>
/// Reads JSON bodies, before anything else is looked at. A body of another type, or an empty one, counts as an empty object.
/// </summary>
internal static class BodyParsing
{
    public static async Task ReadAsync(ApiCall call, long limit, CancellationToken cancellation)
    {
        if (!HasBody(call.Request) || !IsJson(call.Request.ContentType))
            return;
        call.RawBody = await ReadBytesAsync(call.Request, limit, cancellation).ConfigureAwait(false);
        if (call.RawBody.Length == 0)
            return;
        var text = Encoding.UTF8.GetString(call.RawBody);
        if (text.AsSpan().TrimStart(" \t\r\n") is [] or [not ('{' or '['), ..])
            throw Invalid(text, "invalid JSON, only supports object and array");
        if (!JsonText.TryParse(call.RawBody, out var json))
            throw Invalid(text, ParserComplaint.About(text));
        call.Body = json;
    }

    private static bool HasBody(HttpRequest request) =>
        request.Method is "POST" or "PUT" or "PATCH" or "DELETE"
        && (request.ContentLength is not null || request.Headers.TransferEncoding.Count > 0);

    private static bool IsJson(string? contentType)
    {
        var type = contentType?.Split(';')[0].Trim() ?? "";
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.StartsWith("application/", StringComparison.OrdinalIgnoreCase)
                && type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<byte[]> ReadBytesAsync(HttpRequest request, long limit, CancellationToken cancellation)
    {
        if (request.ContentLength is { } announced && announced > limit)
        {
            throw TooLarge(writer =>
            {
                writer.WriteNumber("expected", announced);
                writer.WriteNumber("length", announced);
                writer.WriteNumber("limit", limit);
            });
        }
        var body = new MemoryStream();
        var part = new byte[16 * 1024];
        int count;
        while ((count = await request.Body.ReadAsync(part, cancellation).ConfigureAwait(false)) > 0)
        {
            body.Write(part.AsSpan(0, count));
            if (body.Length > limit)
            {
                throw TooLarge(writer =>
                {
                    writer.WriteNumber("limit", limit);
                    writer.WriteNumber("received", body.Length);
                });
            }
        }
        return body.ToArray();
    }

    private static ApiRefusal Invalid(string text, string complaint) =>
        new(ApiReply.Json(400, writer =>
        {
            writer.WriteNumber("status", 400);
            writer.WriteString("body", text);
            writer.WriteString("message", complaint);
        }) with { Stage = ReplyStage.Body });

    private static ApiRefusal TooLarge(Action<System.Text.Json.Utf8JsonWriter> sizes) =>
        new(ApiReply.Json(413, writer =>
        {
            writer.WriteString("message", "request entity too large");
            sizes(writer);
            writer.WriteString("type", "entity.too.large");
        }) with { Stage = ReplyStage.Body });
}
