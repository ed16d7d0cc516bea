using System;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>Plain HTTP calls to the server, at the pace that it allows.</summary>
internal sealed class ApiCalls(IServerUnderTest server) : IDisposable
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>
    /// Sends the call to the letter. A body goes as <c>application/json</c> unless a <c>content-type</c> header says otherwise.
    /// </summary>
    public async Task<Answer> CallAsync(string method, string path, byte[]? body, params (string Name, string Value)[] headers)
    {
        while (true)
        {
            await server.PaceAsync(path);
            using var request = Request(method, path, body, headers);
            var response = await http.SendAsync(request).InTime();
            var answer = new Answer($"{method} {path}", response, await response.Content.ReadAsByteArrayAsync());
            if (answer.Status != 429 || !await server.WaitOutBlockAsync())
                return answer;
        }
    }

    public Task<Answer> CallAsync(string method, string path, string? body, params (string Name, string Value)[] headers) =>
        CallAsync(method, path, body is null ? null : Encoding.UTF8.GetBytes(body), headers);

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(string method, string path, byte[]? body, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new(method), new Uri(server.ApiUrl + path, AsItIs));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            if (!Array.Exists(headers, header => IsContentType(header.Name)))
                request.Content.Headers.TryAddWithoutValidation("content-type", "application/json");
        }
        foreach (var (name, value) in headers)
        {
            if (IsContentType(name))
                (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
            else
                request.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }

    private static bool IsContentType(string name) => name.Equals("content-type", StringComparison.OrdinalIgnoreCase);
}
