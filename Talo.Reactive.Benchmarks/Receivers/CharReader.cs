using System;
using System.IO;
using System.Text;

namespace Talo.Reactive.Benchmarks.Receivers;

/// <summary>The characters of one frame after the other, in a buffer that is used again.</summary>
internal sealed class CharReader(int chars) : TextReader
{
    private readonly char[] buffer = new char[chars];
    private int start;
    private int end;

    internal void Load(ReadOnlySpan<byte> utf8)
    {
        start = 0;
        end = Encoding.UTF8.GetChars(utf8, buffer);
    }

    public override int Read(char[] target, int index, int count)
    {
        var taken = Math.Min(count, end - start);
        Array.Copy(buffer, start, target, index, taken);
        start += taken;
        return taken;
    }

    public override int Peek() => start < end ? buffer[start] : -1;

    public override int Read() => start < end ? buffer[start++] : -1;
}
