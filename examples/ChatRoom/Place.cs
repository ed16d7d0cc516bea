using System;
using System.Threading.Tasks;
using Talo.Reactive.Loopback;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Examples.ChatRoom;

/// <summary>The Talo to talk to: the one that the environment names, or one in this process.</summary>
internal sealed class Place : IAsyncDisposable
{
    private readonly LoopbackTalo? loopback;
    private readonly string accessKey;
    private readonly string apiUrl;

    private Place(string accessKey, string apiUrl, LoopbackTalo? loopback)
    {
        this.accessKey = accessKey;
        this.apiUrl = apiUrl;
        this.loopback = loopback;
    }

    internal string Name => loopback is null ? apiUrl : $"a Talo in this process, {apiUrl}";

    /// <summary>Names have to be new on a server that others use too.</summary>
    internal string Suffix { get; private init; } = "";

    internal static async Task<Place> FindAsync()
    {
        if (Environment.GetEnvironmentVariable("TALO_ACCESS_KEY") is { Length: > 0 } key)
        {
            var url = Environment.GetEnvironmentVariable("TALO_API_URL");
            return new Place(key, string.IsNullOrWhiteSpace(url) ? TaloClientOptions.DefaultApiUrl : url, null)
            {
                Suffix = "-" + Guid.NewGuid().ToString("N")[..6],
            };
        }

        var talo = await LoopbackTalo.StartAsync();
        return new Place(talo.AccessKey, talo.ApiUrl.ToString(), talo);
    }

    internal TaloClientOptions Options(ITransport engine) =>
        new() { AccessKey = accessKey, ApiUrl = apiUrl, Transport = engine };

    public ValueTask DisposeAsync() => loopback?.DisposeAsync() ?? default;
}
