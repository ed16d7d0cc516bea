using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Talo.Reactive.Loopback;
using Talo.Reactive.Tests.Conformance;

namespace Talo.Reactive.Tests.Loopback.Server;

/// <summary>A loopback server with a standing clock, and a plain HTTP client beside it.</summary>
internal sealed class Probe : IAsyncDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler());
    private readonly List<ProbeSocket> sockets = [];

    private Probe(LoopbackTalo talo, ManualClock clock)
    {
        Talo = talo;
        Clock = clock;
    }

    public LoopbackTalo Talo { get; }

    public ManualClock Clock { get; }

    public static async Task<Probe> StartAsync(Func<ManualClock, LoopbackOptions>? options = null)
    {
        var clock = new ManualClock(Expected.Start);
        return new(await LoopbackTalo.StartAsync(options?.Invoke(clock) ?? Unlimited(clock)), clock);
    }

    public static LoopbackOptions Unlimited(ManualClock clock) => new()
    {
        Clock = clock,
        HttpAuthLimit = null,
        HttpDefaultLimit = null,
        CheckLatency = TimeSpan.Zero,
    };

    public async Task<Answer> CallAsync(
        string method, string path, string? body = null, int? alias = null, string? key = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Talo.ApiUrl.AbsoluteUri.TrimEnd('/') + path);
        if (key != "")
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key ?? Talo.AccessKey}");
        if (alias is not null)
            request.Headers.Add("x-talo-alias", $"{alias}");
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await http.SendAsync(request).InTime();
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers);
    }

    public async Task<string> TicketAsync(string? key = null) =>
        (await CallAsync("POST", "/v1/socket-tickets", key: key)).Text("ticket");

    public async Task<(int Alias, string Player, string Token)> IdentifyAsync(
        string name, string? key = null, string service = "username")
    {
        var answer = await CallAsync("GET", $"/v1/players/identify?service={service}&identifier={name}", key: key);
        var alias = answer.Root.GetProperty("alias");
        return (alias.GetProperty("id").GetInt32(), alias.GetProperty("player").GetProperty("id").GetString()!, answer.Text("socketToken"));
    }

    /// <summary>A socket that has not been sent anything yet.</summary>
    public async Task<ProbeSocket> DialAsync(string pathAndQuery, params string[] subprotocols)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        foreach (var subprotocol in subprotocols)
            socket.Options.AddSubProtocol(subprotocol);
        await socket.ConnectAsync(new Uri(Talo.SocketUrl.AbsoluteUri.TrimEnd('/') + pathAndQuery), default).InTime();
        var probe = new ProbeSocket(socket);
        sockets.Add(probe);
        return probe;
    }

    /// <summary>A socket that has got <c>v1.connected</c>.</summary>
    public async Task<ProbeSocket> ConnectAsync(string? key = null)
    {
        var socket = await DialAsync($"/?ticket={await TicketAsync(key)}");
        if (await socket.NextAsync() is var first and not Expected.Connected)
            throw new InvalidOperationException($"Instead of v1.connected came {first}");
        return socket;
    }

    /// <summary>A socket that has got <c>v1.connected</c>, with every byte in the hands of the test, which ends it.</summary>
    public async Task<RawSocket> ConnectRawAsync()
    {
        var socket = await RawSocket.DialAsync(Talo.SocketUrl.AbsoluteUri.TrimEnd('/'), $"/?ticket={await TicketAsync()}");
        if (await socket.NextAsync() is var first and not Expected.Connected)
            throw new InvalidOperationException($"Instead of v1.connected came {first}");
        return socket;
    }

    /// <summary>A socket identified over everything that this takes; what it got on the way has been read.</summary>
    public async Task<ProbeSocket> ConnectAsAsync(string name, string? key = null, string service = "username")
    {
        var (alias, player, token) = await IdentifyAsync(name, service: service);
        var socket = await ConnectAsync(key);
        socket.Alias = alias;
        socket.Player = player;
        socket.Token = token;
        await socket.SendAsync(Expected.Identify(alias, token));
        while (!(await socket.NextAsync()).StartsWith("""{"res":"v1.players.identify.success",""", StringComparison.Ordinal))
        {
        }
        return socket;
    }

    public async Task<int> CreateChannelAsync(ProbeSocket owner, string body)
    {
        var answer = await CallAsync("POST", "/v1/game-channels", body, owner.Alias);
        await owner.NextAsync();
        return answer.Root.GetProperty("channel").GetProperty("id").GetInt32();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in sockets)
            socket.Dispose();
        http.Dispose();
        await Talo.DisposeAsync();
    }
}

internal sealed record Answer(
    int Status, string Body, System.Net.Http.Headers.HttpResponseHeaders Headers, System.Net.Http.Headers.HttpContentHeaders ContentHeaders)
{
    public JsonElement Root => JsonDocument.Parse(Body).RootElement;

    public string Text(string name) => Root.GetProperty(name).GetString()!;
}
