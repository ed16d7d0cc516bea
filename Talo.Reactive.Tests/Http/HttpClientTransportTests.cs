using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Http;
using Talo.Reactive.Tests.Transport;

namespace Talo.Reactive.Tests.Http;

/// <summary>The HTTP edge against a peer that writes every byte of its answers.</summary>
public sealed class HttpClientTransportTests
{
    private const string Token = "a-secret-token";

    private static readonly byte[] GzipOfNothing = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private RawPeer _server = null!;
    private HttpClientTransport _transport = null!;

    [SetUp]
    public void Start()
    {
        _server = new RawPeer();
        _transport = new HttpClientTransport(maxReplyBytes: 100_000);
    }

    [TearDown]
    public void Stop()
    {
        _transport.Dispose();
        _server.Dispose();
    }

    [TestCase(200)]
    [TestCase(201)]
    [TestCase(302)]
    [TestCase(400)]
    [TestCase(401)]
    [TestCase(404)]
    [TestCase(413)]
    [TestCase(429)]
    [TestCase(500)]
    [TestCase(503)]
    [TestCase(599)]
    public async Task AnyStatus_IsAReply(int status)
    {
        var reply = await ReplyAsync($"HTTP/1.1 {status} Some Words\r\nLocation: /elsewhere\r\nContent-Length: 2\r\n\r\n{{}}");

        Assert.That(reply.Status, Is.EqualTo(status));
        Assert.That(Encoding.UTF8.GetString(reply.Body.Span), Is.EqualTo("{}"));
    }

    [TestCase("HTTP/1.1 204 No Content\r\n\r\n", "")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "")]
    [TestCase("HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n", "")]
    [TestCase("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>", "<html></html>")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "abcde")]
    [TestCase("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end", "until the end")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 3\r\n\r\n???", "???")]
    public async Task AnyBody_IsGiven(string answer, string body) =>
        Assert.That(Encoding.UTF8.GetString((await ReplyAsync(answer)).Body.Span), Is.EqualTo(body));

    [Test]
    public async Task Headers_OfReplyAndBody_AreAllThere()
    {
        var reply = await ReplyAsync("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 60\r\nDate: Mon, 23 Nov 2026 10:00:00 GMT\r\n" +
            "X-Odd: one\r\nx-odd: two\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");

        Assert.That(reply.Header("retry-after"), Is.EqualTo("60"));
        Assert.That(reply.Header("date"), Is.EqualTo("Mon, 23 Nov 2026 10:00:00 GMT"));
        Assert.That(reply.Header("content-type"), Is.EqualTo("application/json"));
        Assert.That(reply.Header("content-length"), Is.EqualTo("2"));
        Assert.That(reply.Headers, Has.Exactly(2).Matches<KeyValuePair<string, string>>(static header =>
            string.Equals(header.Key, "x-odd", StringComparison.OrdinalIgnoreCase)));
    }

    [Test]
    public async Task Call_GoesOutWithMethodHeadersAndBody()
    {
        var body = "{\"a\":1}"u8.ToArray();
        var send = _transport.Send(Call("PATCH", body, ("content-type", "application/json"), ("x-talo-alias", "7"))).EndAsync();
        using var peer = await _server.AcceptAsync();
        var head = await peer.ReadHeadAsync();
        Assert.That(await peer.ReadExactlyAsync(body.Length), Is.EqualTo(body));
        await peer.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n");
        await send;

        Assert.That(head, Does.StartWith("PATCH /v1/things?page=1 HTTP/1.1\r\n"));
        Assert.That(head.Split("\r\n"), Is.SupersetOf(new[]
        {
            $"authorization: Bearer {Token}", "x-talo-alias: 7", "accept-encoding: gzip", "Content-Type: application/json", "Content-Length: 7",
        }).IgnoreCase);
        Assert.That(head, Does.Not.Contain("Cookie").IgnoreCase.And.Not.Contain("Expect").IgnoreCase);
    }

    [Test]
    public async Task CallWithoutBody_HasNoHeadersOfABody()
    {
        var send = _transport.Send(Call("GET", null, ("content-type", "application/json"))).EndAsync();
        using var peer = await _server.AcceptAsync();
        var head = await peer.ReadHeadAsync();
        await peer.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n");
        await send;

        Assert.That(head, Does.Not.Contain("content-").IgnoreCase);
    }

    [Test]
    public async Task Cookies_AreNotKept_AndRedirectsNotFollowed()
    {
        var first = await ReplyAsync("HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nSet-Cookie: a=b\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        Assert.That(first.Status, Is.EqualTo(307));

        var send = _transport.Send(Call()).EndAsync();
        using var peer = await _server.AcceptAsync();
        Assert.That(await peer.ReadHeadAsync(), Does.StartWith("GET /v1/things").And.Not.Contain("Cookie"));
        await peer.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n");
        await send;
    }

    [TestCase("gzip")]
    [TestCase("GZIP")]
    public async Task CompressedBody_IsGivenPlain(string encoding)
    {
        var plain = Encoding.UTF8.GetBytes(new string('é', 2_000));
        var reply = await ReplyAsync(Encoded(encoding, Gzip(plain)));

        Assert.That(reply.Body.ToArray(), Is.EqualTo(plain));
        Assert.That(reply.Header("content-encoding"), Is.Null);
        Assert.That(reply.Header("content-length"), Is.Null);
    }

    [TestCase(2)]
    [TestCase(20)]
    public async Task StackedEncodings_AreTakenOffByOneLayer(int layers)
    {
        var inner = "plain"u8.ToArray();
        for (var i = 1; i < layers; i++) inner = Gzip(inner);
        var reply = await ReplyAsync(Encoded(string.Join(", ", Enumerable.Repeat("gzip", layers)), Gzip(inner)));

        Assert.That(reply.Body.ToArray(), Is.EqualTo(inner));
    }

    [Test]
    public async Task GivenHandler_DecidesWhetherItDecompresses_AndIsNotDisposed()
    {
        foreach (var (methods, shown) in new[] { (DecompressionMethods.None, Gzip("plain"u8.ToArray())), (DecompressionMethods.All, "plain"u8.ToArray()) })
        {
            using var own = new HttpClientHandler { AutomaticDecompression = methods };
            for (var i = 0; i < 2; i++)
            {
                using var transport = new HttpClientTransport(own);
                var reply = await ReplyAsync(Encoded("gzip", Gzip("plain"u8.ToArray())), transport);
                Assert.That(reply.Body.ToArray(), Is.EqualTo(shown));
            }
        }
    }

    [Test]
    public async Task CompressedBodyThatGrowsOverTheLimit_Errors()
    {
        var error = await ErrorAsync(Encoded("gzip", Gzip(new byte[10_000_000])));
        Assert.That(error, Is.InstanceOf<HttpReplyTooLargeException>().With.Message.Contain("100000"));
    }

    [TestCase(0)]
    [TestCase(1_000_000)]
    public async Task CompressedBodyWithoutEnd_EndsAtTheLimit_OrWithTheDisposal(int bytesOfEach)
    {
        var ending = Ending<HttpReply>.Of(_transport.Send(Call()));
        using var peer = await _server.AcceptAsync();
        await peer.ReadHeadAsync();
        await peer.WriteAsync("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
        var member = bytesOfEach == 0 ? GzipOfNothing : Gzip(new byte[bytesOfEach]);
        var many = Enumerable.Repeat(member, 1 + (64 * 1024 / member.Length)).SelectMany(static x => x).ToArray();
        // Those that hold nothing never come to the limit: they are read for as long as somebody waits.
        if (bytesOfEach == 0)
        {
            for (var i = 0; i < 100; i++) await peer.WriteAsync(many);
            Assert.That(ending.Task.IsCompleted, Is.False);
            ending.Subscription.Dispose();
        }

        await peer.WriteUntilRefusedAsync(many, long.MaxValue);
        if (bytesOfEach > 0) Assert.That((await ending.Task.InTime()).Error, Is.InstanceOf<HttpReplyTooLargeException>());
    }

    [Test]
    public async Task DamagedCompressedBody_Errors() =>
        Assert.That(await ErrorAsync(Encoded("gzip", "not compressed at all"u8.ToArray())), Is.InstanceOf<InvalidDataException>());

    [TestCase("Content-Length: 100001\r\n\r\n", 0)]
    [TestCase("Content-Length: 100001\r\n\r\n", 100_001)]
    [TestCase("Connection: close\r\n\r\n", 100_001)]
    public async Task BodyOverTheLimit_Errors(string head, int bytes) =>
        Assert.That(await ErrorAsync([.. Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n" + head), .. new byte[bytes]]), Is.InstanceOf<HttpReplyTooLargeException>());

    [Test]
    public async Task BodyOfExactlyTheLimit_IsGiven()
    {
        var reply = await ReplyAsync([.. "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"u8, .. new byte[100_000]]);
        Assert.That(reply.Body.Length, Is.EqualTo(100_000));
    }

    [Test]
    public async Task BodyWithoutEnd_ErrorsAtTheLimit()
    {
        var send = _transport.Send(Call()).EndAsync();
        using var peer = await _server.AcceptAsync();
        await peer.ReadHeadAsync();
        await peer.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        await peer.WriteUntilRefusedAsync([.. "400\r\n"u8, .. new byte[1024], .. "\r\n"u8], long.MaxValue);

        Assert.That((await send).Error, Is.InstanceOf<HttpReplyTooLargeException>());
    }

    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a\"")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"a\"")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 100\r\n\r\nH4sI")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Le")]
    [TestCase("this is not HTTP\r\n\r\n")]
    public async Task ReplyCutShortOrNoReply_Errors(string answer)
    {
        var error = await ErrorAsync(Encoding.ASCII.GetBytes(answer));
        Assert.That(error, Is.InstanceOf<HttpRequestException>().Or.InstanceOf<IOException>().Or.InstanceOf<InvalidDataException>());
    }

    [Test]
    public async Task Reset_Errors()
    {
        var send = _transport.Send(Call()).EndAsync();
        using var peer = await _server.AcceptAsync();
        await peer.ReadHeadAsync();
        await peer.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{");
        peer.Reset();

        AssertNoSecret((await send).Error);
    }

    [Test]
    public async Task NobodyListens_Errors()
    {
        _server.Dispose();
        _server = new RawPeer(listens: false);

        AssertNoSecret((await _transport.Send(Call()).EndAsync()).Error);
    }

    [Test]
    public async Task HugeHeaders_Error()
    {
        var send = _transport.Send(Call()).EndAsync();
        using var peer = await _server.AcceptAsync();
        await peer.ReadHeadAsync();
        await peer.WriteAsync("HTTP/1.1 200 OK\r\n");
        await peer.WriteUntilRefusedAsync(Encoding.ASCII.GetBytes($"X-Filler: {new string('a', 4_000)}\r\n"), 1_000_000);
        peer.Dispose();

        AssertNoSecret((await send).Error);
    }

    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;", "ext=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", "X-Trailer: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")]
    [TestCase("", "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n")]
    [TestCase("HTTP/1.1 200 ", "OKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOKOK")]
    [TestCase("HTTP/1.1 200 OK\r\nX-Long: ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n")]
    public async Task ReplyWithoutEnd_ErrorsBeforeItFillsTheMemory(string head, string again)
    {
        const int Most = 64 * 1024 * 1024;
        var send = _transport.Send(Call()).EndAsync();
        using var peer = await _server.AcceptAsync();
        await peer.ReadHeadAsync();
        await peer.WriteAsync(head);
        var taken = await peer.WriteUntilRefusedAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(again, 1_000))), Most);

        AssertNoSecret((await send).Error);
        Assert.That(taken, Is.LessThan(Most));
    }

    [TestCase("Content-Length: 9223372036854775807\r\n\r\n{}")]
    [TestCase("Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n{}")]
    [TestCase("Transfer-Encoding: chunked\r\n\r\n7FFFFFFFFFFFFFFF\r\n{}")]
    [TestCase("Transfer-Encoding: chunked\r\n\r\n-1\r\n{}")]
    public async Task AbsurdLength_Errors(string rest) =>
        AssertNoSecret(await ErrorAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n" + rest)));

    [TestCase("")]
    [TestCase("HTTP/1.1 200 OK\r\nX-Slow")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{")]
    public async Task SlowReply_DisposalGivesUpTheExchangeInSilence(string soFar)
    {
        var ending = Ending<HttpReply>.Of(_transport.Send(Call()));
        using var peer = await _server.AcceptAsync();
        await peer.ReadHeadAsync();
        await peer.WriteAsync(soFar);
        ending.Subscription.Dispose();

        Assert.That(await peer.ReadToEndAsync(), Is.Empty);
        Assert.That(ending.Task.IsCompleted, Is.False);
    }

    [Test]
    public async Task SendWithoutSubscription_CallsNobody_AndEachSubscriptionIsOneExchange()
    {
        var send = _transport.Send(Call());
        Assert.That(_server.HasCaller, Is.False);
        for (var i = 0; i < 2; i++)
        {
            var reply = send.EndAsync();
            using var peer = await _server.AcceptAsync();
            await peer.ReadHeadAsync();
            await peer.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
            Assert.That((await reply).Values, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task ReplyArrivesOnAPoolThread_AwayFromTheCallersContext()
    {
        var reply = new TaskCompletionSource<(bool IsPool, SynchronizationContext? Context)>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var _ = _transport.Send(Call()).Subscribe(_ => reply.SetResult((Thread.CurrentThread.IsThreadPoolThread, SynchronizationContext.Current)));
        using var peer = await _server.AcceptAsync();
        await peer.ReadHeadAsync();
        await peer.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n");

        Assert.That(await reply.Task.InTime(), Is.EqualTo((true, (SynchronizationContext?)null)));
    }

    [Test]
    public async Task HeaderWithALineBreak_ErrorsWithoutItsValue()
    {
        var end = await _transport.Send(Call("GET", null, ("x-evil", "h1dd3n\r\nx-injected: 1"))).EndAsync();

        Assert.That(end.Error, Is.InstanceOf<FormatException>().With.Message.Contain("x-evil"));
        Assert.That(end.Error!.ToString(), Does.Not.Contain("h1dd3n"));
        Assert.That(_server.HasCaller, Is.False);
    }

    [Test]
    public async Task SendAfterDispose_Errors()
    {
        _transport.Dispose();
        Assert.That((await _transport.Send(Call()).EndAsync()).Error, Is.InstanceOf<ObjectDisposedException>());
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void LimitThatAcceptsNothing_Throws(long limit) =>
        Assert.That(() => new HttpClientTransport(maxReplyBytes: limit), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private HttpCall Call(string method = "GET", byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var all = new List<KeyValuePair<string, string>> { KeyValuePair.Create("authorization", $"Bearer {Token}") };
        foreach (var (name, value) in headers) all.Add(KeyValuePair.Create(name, value));
        // A bare null would turn into empty memory, which is a body.
        return new HttpCall(method, _server.HttpAddress, all, body is null ? default(ReadOnlyMemory<byte>?) : body);
    }

    private Task<HttpReply> ReplyAsync(string answer) => ReplyAsync(Encoding.UTF8.GetBytes(answer));

    private async Task<HttpReply> ReplyAsync(byte[] answer, HttpClientTransport? transport = null)
    {
        var end = await AnswerAsync(answer, transport ?? _transport);
        Assert.That(end.Error, Is.Null);
        Assert.That(end.Values, Has.Count.EqualTo(1));
        return end.Values[0];
    }

    private async Task<Exception> ErrorAsync(byte[] answer)
    {
        var end = await AnswerAsync(answer, _transport);
        Assert.That(end.Values, Is.Empty);
        AssertNoSecret(end.Error);
        return end.Error!;
    }

    private async Task<Ending<HttpReply>> AnswerAsync(byte[] answer, HttpClientTransport transport)
    {
        var send = transport.Send(Call()).EndAsync();
        using var peer = await _server.AcceptAsync();
        await peer.ReadHeadAsync();
        try
        {
            await peer.WriteAsync(answer);
        }
        catch (IOException)
        {
            // A reply that is too large is refused at its head.
        }

        peer.HangUp();
        return await send;
    }

    private static void AssertNoSecret(Exception? error)
    {
        Assert.That(error, Is.Not.Null);
        Assert.That(error!.ToString(), Does.Not.Contain(Token));
    }

    private static byte[] Encoded(string encoding, byte[] body) =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];

    private static byte[] Gzip(byte[] plain)
    {
        var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionMode.Compress)) packer.Write(plain);
        return packed.ToArray();
    }
}
