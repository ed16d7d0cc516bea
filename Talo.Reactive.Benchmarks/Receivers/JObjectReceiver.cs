using System.Text;
using System.Threading.Tasks;
using Newtonsoft.Json.Linq;

namespace Talo.Reactive.Benchmarks.Receivers;

/// <summary>What one writes by hand: a string of each frame, <c>JObject.Parse</c>, a look at <c>res</c>, <c>ToObject</c>.</summary>
internal sealed class JObjectReceiver : RawReceiver
{
    public override async Task ReceiveAsync(string workload, int count)
    {
        await StartAsync(workload, count);
        var seen = 0;
        for (var left = count + 1; left > 0; left--)
        {
            var length = await ReceiveFrameAsync();
            var message = JObject.Parse(Encoding.UTF8.GetString(Buffer, 0, length));
            if ((string?)message["res"] == "v1.channels.message" && message["data"]!.ToObject<GameMessage>() is { Message.Length: > 0 }) seen++;
        }

        Expect.Count(count, seen);
    }
}
