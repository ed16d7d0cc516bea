using System;
using System.Text;

namespace Talo.Reactive.Loopback.State;

/// <summary>Base64 read as Talo reads it: both alphabets, padding optional, anything else skipped.</summary>
internal static class LenientBase64
{
    public static byte[] Decode(string text)
    {
        var clean = new StringBuilder(text.Length + 3);
        foreach (var c in text)
        {
            if (c == '=')
                break;
            if (char.IsAsciiLetterOrDigit(c) || c is '+' or '/')
                clean.Append(c);
            else if (c is '-' or '_')
                clean.Append(c == '-' ? '+' : '/');
        }
        if (clean.Length % 4 == 1)
            clean.Length--;
        clean.Append('=', (4 - clean.Length % 4) % 4);
        return Convert.FromBase64String(clean.ToString());
    }
}
