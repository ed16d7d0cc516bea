using System.Buffers;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Transport;

/// <summary>Counts what is rented and what comes back, and hands out fresh memory each time.</summary>
internal sealed class CountingPool : ArrayPool<byte>
{
    private readonly SemaphoreSlim _returns = new(0);
    private int _rented;
    private int _returned;

    internal int Rented => Volatile.Read(ref _rented);

    internal int Outstanding => Rented - Volatile.Read(ref _returned);

    internal async Task AllReturnedAsync()
    {
        while (Outstanding != 0)
            Assert.That(await _returns.WaitAsync(Bounded.Limit), Is.True, $"{_returned} of {Rented} came back");
    }

    public override byte[] Rent(int minimumLength)
    {
        Interlocked.Increment(ref _rented);
        return new byte[minimumLength];
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        Interlocked.Increment(ref _returned);
        _returns.Release();
    }
}
