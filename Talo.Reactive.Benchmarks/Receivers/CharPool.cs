using System.Buffers;
using Newtonsoft.Json;

namespace Talo.Reactive.Benchmarks.Receivers;

/// <summary>The pool of the process, as Newtonsoft asks for one.</summary>
internal sealed class CharPool : IArrayPool<char>
{
    public char[] Rent(int minimumLength) => ArrayPool<char>.Shared.Rent(minimumLength);

    public void Return(char[]? array)
    {
        if (array is not null) ArrayPool<char>.Shared.Return(array);
    }
}
