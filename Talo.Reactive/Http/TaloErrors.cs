using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Http;

/// <summary>Turns an HTTP reply of any status and any body into an exception that says what happened.</summary>
internal static class TaloErrors
{
    /// <summary>Talo's own have a few hundred bytes.</summary>
    private const int LargestDocument = 64 * 1024;

    private const int ShownBody = 200;
    private const int ShownMessage = 1000;
    private const int ShownMediaType = 60;

    /// <param name="request">The call, without secrets.</param>
    /// <param name="reply">The answer.</param>
    /// <param name="canBeShown">Whether the secrets of the body are known.</param>
    /// <param name="redact">Takes the secrets out of a text: the server may repeat them in any part of its answer.</param>
    /// <param name="serverNow">The server's time, as far as it is known.</param>
    internal static TaloException From(string request, HttpReply reply, bool canBeShown, Func<string, string> redact, DateTimeOffset serverNow)
    {
        // A document needs many times the memory of its text, and of the shared pool's.
        var error = canBeShown && reply.Body.Length <= LargestDocument ? ErrorBody.Read(reply.Body.Span, redact) : null;
        var said = error is not null ? Cut(error.Text, ShownMessage) : canBeShown ? Shown(reply.Body.Span, redact) : NotShown(reply, redact);
        return new TaloException(Describe(request, reply, error, said))
        {
            Status = reply.Status,
            ErrorCode = error?.ErrorCode,
            FieldErrors = error?.Fields ?? new Dictionary<string, IReadOnlyList<string>>(),
            RejectedProps = error?.RejectedProps ?? [],
            IsTransient = IsTransient(reply.Status),
            RetryAfter = RetryAfter.Of(reply, serverNow),
        };
    }

    /// <summary>A reply with a good status whose body is not what the call answers with.</summary>
    internal static TaloException Unreadable(string request, HttpReply reply, Exception error) =>
        new($"{request}: the answer (status {reply.Status}, {reply.Body.Length} bytes) is not what Talo sends: {error.Message} "
            + "Does ApiUrl lead to a Talo server, with no proxy's page in between?", error)
        {
            Status = reply.Status,
        };

    internal static TaloException NoReply(string request, Exception error, string host) =>
        new($"{request}: no answer from {host}: {error.Message}", error) { IsTransient = true };

    internal static TaloException Late(string request, TimeSpan timeout, string host) =>
        new($"{request}: no answer from {host} within {timeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s.")
        {
            IsTransient = true,
        };

    private static bool IsTransient(int status) => status is 408 or 425 or 429 || status >= 500;

    private static string Describe(string request, HttpReply reply, ErrorBody? error, string said)
    {
        // A coded refusal says it all, and is not about the access key.
        var hint = error?.ErrorCode is null ? Hint(reply.Status, said) : "";
        return $"{request}: {reply.Status.ToString(CultureInfo.InvariantCulture)}{(said.Length > 0 ? $" {said}" : "")}{(hint.Length > 0 ? $" ({hint})" : "")}";
    }

    private static string Hint(int status, string said) => status switch
    {
        >= 300 and < 400 => "a redirect is not followed, since the call carries the access key: set TaloClientOptions.ApiUrl to the address that answers itself",
        401 => "is the access key right, and not revoked? With request verification on: is the verification key right?",
        // Other refusals are about the player, and say so themselves.
        403 when said.StartsWith("Missing access key scope", StringComparison.Ordinal) => "give the access key the scope in the Talo dashboard",
        404 => "",
        413 => "the request is too large",
        429 => "too many requests from this address within a minute: wait and try again",
        >= 500 => "the server has a problem: try again later",
        _ => "",
    };

    // Redacted before it is cut: a secret that is cut in two is not recognised.
    private static string Shown(ReadOnlySpan<byte> body, Func<string, string> redact) => Cut(redact(Encoding.UTF8.GetString(body)).Trim(), ShownBody);

    /// <summary>A page of a proxy, or an answer that broke off: it may hold a token that nobody could find.</summary>
    private static string NotShown(HttpReply reply, Func<string, string> redact) =>
        $"(not an answer of Talo: {Cut(redact(reply.Header("content-type") ?? "no media type"), ShownMediaType)}, {reply.Body.Length} bytes, not shown)";

    private static string Cut(string text, int most) => text.Length > most ? text[..most] + "..." : text;

    /// <summary>The bodies that Talo sends with an error; null where the body is something else.</summary>
    private sealed class ErrorBody
    {
        private readonly Func<string, string> redact;

        private ErrorBody(Func<string, string> redact) => this.redact = redact;

        internal string? Message { get; private set; }

        internal string? ErrorCode { get; private set; }

        internal Dictionary<string, IReadOnlyList<string>> Fields { get; } = [];

        internal IReadOnlyList<RejectedProp> RejectedProps { get; private set; } = [];

        internal string Text => string.Join("; ", Parts());

        internal static ErrorBody? Read(ReadOnlySpan<byte> body, Func<string, string> redact)
        {
            try
            {
                var reader = new Utf8JsonReader(WholeCharacters.In(body));
                if (!JsonDocument.TryParseValue(ref reader, out var document)) return null;
                using (document)
                {
                    return document.RootElement.ValueKind == JsonValueKind.Object ? new ErrorBody(redact).Read(document.RootElement) : null;
                }
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException)
            {
                // Not JSON, or with a text in it that is not Unicode.
                return null;
            }
        }

        private ErrorBody? Read(JsonElement root)
        {
            Message = TextOf(root, "message");
            ErrorCode = TextOf(root, "errorCode");
            if (root.TryGetProperty("errors", out var fields) && fields.ValueKind == JsonValueKind.Object)
            {
                foreach (var field in fields.EnumerateObject()) Fields[redact(field.Name)] = Texts(field.Value);
            }

            if (root.TryGetProperty("rejectedProps", out var rejected) && rejected.ValueKind == JsonValueKind.Array)
            {
                RejectedProps = rejected.EnumerateArray()
                    .Where(static x => x.ValueKind == JsonValueKind.Object)
                    .Select(x => new RejectedProp
                    {
                        Key = TextOf(x, "key") ?? "",
                        Error = TextOf(x, "error") ?? "",
                        Message = TextOf(x, "message") ?? "",
                    })
                    .ToArray();
            }

            return Message is null && Fields.Count == 0 ? null : this;
        }

        private string? TextOf(JsonElement parent, string name) =>
            parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? redact(value.GetString()!) : null;

        private string[] Texts(JsonElement value) => value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(x => redact(x.ToString())).ToArray()
            : [redact(value.ToString())];

        private IEnumerable<string> Parts()
        {
            if (Message is not null) yield return ErrorCode is null ? Message : $"{Message} [{ErrorCode}]";
            foreach (var field in Fields)
                yield return (field.Key.Length == 0 ? "" : field.Key + ": ") + string.Join(", ", field.Value);
            foreach (var prop in RejectedProps) yield return $"{prop.Key}: {prop.Message}";
        }
    }
}
