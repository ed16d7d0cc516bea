using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>
/// A socket of the suite. It is read all the time, so pings are answered. What it yields leaves out what others on a foreign
/// server cause: the presence of strangers, and the live config of the game.
/// </summary>
internal sealed class TestSocket(ClientWebSocket socket, string name, Func<int, bool> isOurs, bool hasStrangers)
    : IAsyncDisposable
{
    public static readonly TimeSpan Bound = Bounded.Limit;

    public const string Connected = """{"res":"v1.connected","data":{}}""";
    public const string Heartbeat = "v1.heartbeat";

    private readonly Channel<string> incoming = System.Threading.Channels.Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<TaskCompletionSource> heartbeats = [];
    private Task reading = Task.CompletedTask;

    public ClientWebSocket Raw => socket;

    public bool IsOpen => socket.State == WebSocketState.Open;

    public bool IsIdentified { get; private set; }

    public void StartReading() => reading = ReadAsync();

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] bytes, WebSocketMessageType type, bool isFinal = true) =>
        socket.SendAsync(bytes, type, isFinal, default).InTime();

    /// <summary>
    /// The next frame that concerns the suite; the end of the connection is <c>CLOSED code reason</c>, a loss <c>CLOSED 1006</c>.
    /// </summary>
    public async Task<string> NextAsync(string? awaited = null)
    {
        try
        {
            while (true)
            {
                var frame = await incoming.Reader.ReadAsync().AsTask().InTime();
                if (Concerns(frame))
                    return frame;
            }
        }
        catch (TimeoutException)
        {
            throw new AssertionException($"{name} got nothing for {Bound.TotalSeconds} s, instead of {awaited ?? "a frame"}");
        }
        catch (ChannelClosedException)
        {
            throw new AssertionException($"The socket of {name} is closed, instead of {awaited ?? "a frame"}");
        }
    }

    /// <summary>Fails unless the next frames are these, in this order.</summary>
    public async Task ExpectAsync(params string[] templates)
    {
        foreach (var template in templates)
            Template.Check(await NextAsync(template), template, $"The frame to {name}");
    }

    /// <summary>Fails unless the next frames are these, in any order.</summary>
    public async Task ExpectInAnyOrderAsync(params string[] templates)
    {
        var left = templates.ToList();
        while (left.Count > 0)
        {
            var frame = await NextAsync(string.Join(" or ", left));
            var template = left.Find(template => Template.Matches(frame, template));
            if (template is null)
                Template.Check(frame, left[0], $"The frame to {name}");
            else
                left.Remove(template);
        }
    }

    public Task ExpectErrorAsync(string req, string message, string code, string? cause = null) =>
        ExpectAsync(Shape.Error(req, message, code, cause));

    /// <summary>What has come and was not read, up to the answer to a heartbeat that is sent now.</summary>
    public async Task<IReadOnlyList<string>> DrainAsync()
    {
        await KeepAliveAsync();
        var frames = new List<string>();
        while (incoming.Reader.TryRead(out var frame))
        {
            if (Concerns(frame))
                frames.Add(frame);
        }
        return frames;
    }

    /// <summary>Sends a heartbeat whose answer is not among the frames, and completes with it or with the end.</summary>
    public async Task KeepAliveAsync()
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        heartbeats.Enqueue(answered);
        try
        {
            await SendAsync(Heartbeat);
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Gone a moment ago: what came before that is still to be read.
            answered.TrySetResult();
        }
        await Task.WhenAny(answered.Task, reading).InTime();
    }

    /// <summary>Fails when anything comes.</summary>
    public async Task ExpectNothingAsync(IServerUnderTest server)
    {
        await server.LingerAsync();
        Assert.That(await DrainAsync(), Is.Empty, $"{name} ought to get nothing");
    }

    /// <summary>Closes and reads up to the answer.</summary>
    public async Task<string> CloseAsync(int code = 1000, string? reason = null)
    {
        if (!IsOpen)
            return "";
        await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, default).InTime();
        var last = "";
        while (await NextUnlessClosedAsync() is { } frame)
            last = frame;
        return last;
    }

    /// <summary>Vanishes without a close frame.</summary>
    public void Terminate() => socket.Abort();

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await reading;
        socket.Dispose();
    }

    private async Task<string?> NextUnlessClosedAsync()
    {
        while (await incoming.Reader.WaitToReadAsync().AsTask().InTime())
        {
            if (incoming.Reader.TryRead(out var frame) && Concerns(frame))
                return frame;
        }
        return null;
    }

    private bool Concerns(string frame)
    {
        if (frame.StartsWith("""{"res":"v1.players.presence.updated",""", StringComparison.Ordinal))
        {
            using var json = JsonDocument.Parse(frame);
            var presence = json.RootElement.GetProperty("data").GetProperty("presence");
            return isOurs(presence.GetProperty("playerAlias").GetProperty("id").GetInt32());
        }
        return !hasStrangers || !frame.StartsWith("""{"res":"v1.live-config.updated",""", StringComparison.Ordinal);
    }

    private async Task AnswerCloseAsync()
    {
        if (socket.State != WebSocketState.CloseReceived)
            return;
        try
        {
            await socket.CloseOutputAsync(socket.CloseStatus!.Value, socket.CloseStatusDescription, default);
        }
        catch (Exception late) when (late is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The end is told already. This side's own close frame may be on its way just now, or the server has hung up.
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        var text = new MemoryStream();
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer, default);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    incoming.Writer.TryWrite($"CLOSED {(int)socket.CloseStatus!} {socket.CloseStatusDescription}".TrimEnd());
                    await AnswerCloseAsync();
                    break;
                }
                text.Write(buffer, 0, received.Count);
                if (received.EndOfMessage)
                {
                    var frame = Encoding.UTF8.GetString(text.ToArray());
                    text.SetLength(0);
                    IsIdentified |= frame.StartsWith("""{"res":"v1.players.identify.success",""", StringComparison.Ordinal);
                    if (frame == Heartbeat && heartbeats.TryDequeue(out var answered))
                        answered.TrySetResult();
                    else
                        incoming.Writer.TryWrite(frame);
                }
            }
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            incoming.Writer.TryWrite("CLOSED 1006");
        }
        incoming.Writer.TryComplete();
    }
}
