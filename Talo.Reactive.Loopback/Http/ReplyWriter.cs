using System;
using System.IO;
using System.IO.Compression;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace Talo.Reactive.Loopback.Http;

/// <summary>Puts an answer on the wire with the headers that Talo gives it.</summary>
internal static class ReplyWriter
{
    private const int CompressFrom = 1024;

    public static async Task WriteAsync(HttpContext context, ApiReply reply, CancellationToken cancellation)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        if (reply.ContentType is not null)
            response.ContentType = reply.ContentType;
        if (reply.Stage != ReplyStage.Body)
        {
            response.Headers.AccessControlAllowOrigin = "*";
            response.Headers.Vary = reply.Stage == ReplyStage.RateLimit ? "Origin" : "Origin, Accept-Encoding";
        }
        if (reply.Stage == ReplyStage.RateLimit)
            response.Headers.RetryAfter = "60";
        if (reply.Body.Length == 0)
            return;
        if (reply.Body.Length >= CompressFrom && Encoding(context.Request) is { } encoding)
        {
            response.Headers.ContentEncoding = encoding;
            await using var compressed = Compressor(encoding, response.Body);
            await compressed.WriteAsync(reply.Body, cancellation).ConfigureAwait(false);
            return;
        }
        response.ContentLength = reply.Body.Length;
        await response.Body.WriteAsync(reply.Body, cancellation).ConfigureAwait(false);
    }

    public static void WritePreflight(HttpContext context)
    {
        var asked = context.Request.Headers.AccessControlRequestHeaders.ToString();
        var headers = context.Response.Headers;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "GET,HEAD,PUT,POST,DELETE,PATCH";
        if (asked.Length > 0)
            headers.AccessControlAllowHeaders = asked;
        headers.Vary = "Origin";
    }

    private static string? Encoding(HttpRequest request)
    {
        var accepted = request.Headers.AcceptEncoding.ToString();
        if (accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase))
            return "gzip";
        return accepted.Contains("deflate", StringComparison.OrdinalIgnoreCase) ? "deflate" : null;
    }

    private static Stream Compressor(string encoding, Stream target) => encoding == "gzip"
        ? new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true)
        : new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true);
}
