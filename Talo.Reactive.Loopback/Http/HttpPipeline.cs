using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Talo.Reactive.Loopback.Faults;
using Talo.Reactive.Loopback.Sockets;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Http;

/// <summary>
/// Takes one request through Talo's checks, in their order: body, rate limit, access key, session, signature, and then the
/// route.
/// </summary>
internal sealed class HttpPipeline(World world, LoopbackFaults faults, SocketEndpoint sockets, RequestLog log)
{
    private readonly HttpRateLimit rateLimit = new(world.Options);

    public async Task HandleAsync(HttpContext context)
    {
        var target = new RequestTarget(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var began = Stopwatch.GetTimestamp();
        context.Response.Headers.Date = world.Options.Clock.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        try
        {
            if (await FailAsync(context, target).ConfigureAwait(false))
            {
            }
            else if (Handshake.IsAskedFor(context))
            {
                await sockets.RunAsync(context, target).ConfigureAwait(false);
                return;
            }
            else if (IsPreflight(context.Request))
            {
                ReplyWriter.WritePreflight(context);
            }
            else
            {
                var reply = await AnswerAsync(new ApiCall(context, target), context.RequestAborted).ConfigureAwait(false);
                await ReplyWriter.WriteAsync(context, reply, context.RequestAborted).ConfigureAwait(false);
            }
        }
        catch (Exception lost) when (lost is OperationCanceledException or IOException or BadHttpRequestException)
        {
            context.Abort();
        }
        var took = (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        log.Write($"{context.Request.Method} {target.Path} {context.Response.StatusCode} {took} ms");
    }

    private async Task<ApiReply> AnswerAsync(ApiCall call, CancellationToken cancellation)
    {
        try
        {
            await BodyParsing.ReadAsync(call, world.Options.MaxBodyBytes, cancellation).ConfigureAwait(false);
            var change = world.Begin();
            ApiReply reply;
            using (change)
                reply = Answer(change, call);
            await change.WrittenAsync().ConfigureAwait(false);
            return reply;
        }
        catch (ApiRefusal refusal)
        {
            return refusal.Reply;
        }
    }

    private ApiReply Answer(Change change, ApiCall call)
    {
        if (call.Target.Path == "/public/health" && call.Method == "GET")
            return ApiReply.NoContent;
        rateLimit.Check(change, call);
        call.Key = Authorization.Check(change, call);
        SessionRule.Check(change, call);
        SignatureCheck.Check(change, call);
        return RouteTable.Find(call.Method, call.Target.Path, out var parameters)?.Answer(change, call, parameters)
            ?? ApiReply.NotFound;
    }

    private async Task<bool> FailAsync(HttpContext context, RequestTarget target)
    {
        var delay = faults.DelayOf(context.Request.Method, target.Path);
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, world.Options.Clock, context.RequestAborted).ConfigureAwait(false);
        if (faults.RefusalOf(context.Request.Method, target.Path) is not { Status: { } status } fault)
            return false;
        context.Response.StatusCode = status;
        if (fault.RetryAfter is { } retryAfter)
            context.Response.Headers.RetryAfter = ((int)retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (fault.Body.Length > 0)
        {
            context.Response.ContentType =
                fault.Body[0] is '{' or '[' ? "application/json; charset=utf-8" : "text/html; charset=utf-8";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(fault.Body), context.RequestAborted).ConfigureAwait(false);
        }
        return true;
    }

    private static bool IsPreflight(HttpRequest request) =>
        request.Method == "OPTIONS" && request.Headers.AccessControlRequestMethod.Count > 0;
}
