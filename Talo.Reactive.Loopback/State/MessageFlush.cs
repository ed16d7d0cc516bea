using System;
using System.Threading;

namespace Talo.Reactive.Loopback.State;

/// <summary>Adds the channels' messages to their totals from time to time.</summary>
internal sealed class MessageFlush : IDisposable
{
    private readonly ITimer timer;

    public MessageFlush(World world) =>
        timer = world.Options.Clock.CreateTimer(
            _ => Flush(world), null, world.Options.MessageFlushInterval, world.Options.MessageFlushInterval);

    public void Dispose() => timer.Dispose();

    private static void Flush(World world)
    {
        using var change = world.Begin();
        foreach (var game in world.Games)
        {
            foreach (var channel in game.Channels.Values)
            {
                if (channel.FlushMessages(change.Now))
                    change.Store(channel);
            }
        }
    }
}
