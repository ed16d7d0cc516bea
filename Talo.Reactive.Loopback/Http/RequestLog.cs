using System;

namespace Talo.Reactive.Loopback.Http;

/// <summary>
/// The lines that the owner of the server reads. They are made of methods, paths and numbers only; queries, headers and bodies,
/// where the secrets are, never get here.
/// </summary>
internal sealed class RequestLog(Action<string>? write)
{
    public void Write(string line)
    {
        try
        {
            write?.Invoke(line);
        }
#pragma warning disable CA1031 // A log that fails is no reason to fail the request.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
