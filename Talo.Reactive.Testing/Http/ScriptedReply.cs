using System;
using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Http;

namespace Talo.Reactive.Testing;

/// <summary>Makes HTTP replies for scripts.</summary>
public static class ScriptedReply
{
    /// <summary>A reply with a text; <c>application/json</c> unless a header says otherwise.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="body">The text; empty for none.</param>
    /// <param name="headers">Headers beside it.</param>
    public static HttpReply Text(int status, string body, params (string Name, string Value)[] headers)
    {
        var all = headers.Select(static header => new KeyValuePair<string, string>(header.Name, header.Value)).ToList();
        if (body.Length > 0 && !all.Exists(static header => string.Equals(header.Key, "content-type", StringComparison.OrdinalIgnoreCase)))
            all.Add(new KeyValuePair<string, string>("content-type", "application/json; charset=utf-8"));
        return new HttpReply(status, all, ScriptJson.Utf8(body));
    }

    /// <summary>A reply with a JSON body.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="body">Anything that Newtonsoft.Json writes, anonymous types included.</param>
    /// <param name="headers">Headers beside it.</param>
    public static HttpReply Json(int status, object body, params (string Name, string Value)[] headers) =>
        Text(status, ScriptJson.Write(body), headers);
}
