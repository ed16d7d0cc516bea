using System;
using System.Threading.Tasks;
using Newtonsoft.Json;

namespace Talo.Reactive.Benchmarks.Receivers;

/// <summary>The raw loop and a serialiser, as cheap as one can write it by hand: from the bytes to the game's type.</summary>
internal abstract class ParsingRawReceiver : RawReceiver
{
    public override async Task ReceiveAsync(string workload, int count)
    {
        await StartAsync(workload, count);
        var seen = 0;
        for (var left = count + 1; left > 0; left--)
        {
            if (Parse(await ReceiveFrameAsync()) is { IsChannelMessage: true }) seen++;
        }

        Expect.Count(count, seen);
    }

    /// <summary>Reads the frame that is at the start of the buffer.</summary>
    protected abstract GameFrame? Parse(int length);
}

/// <summary>Newtonsoft, with everything used again that can be.</summary>
internal sealed class NewtonsoftRawReceiver : ParsingRawReceiver
{
    private readonly CharPool pool = new();
    private readonly Newtonsoft.Json.JsonSerializer serializer = new() { DateParseHandling = DateParseHandling.None };
    private CharReader? text;

    protected override GameFrame? Parse(int length)
    {
        text ??= new CharReader(Buffer.Length);
        text.Load(Buffer.AsSpan(0, length));
        using var reader = new JsonTextReader(text) { ArrayPool = pool, CloseInput = false };
        return serializer.Deserialize<GameFrame>(reader);
    }
}

/// <summary>System.Text.Json with generated code.</summary>
internal sealed class SystemTextJsonRawReceiver : ParsingRawReceiver
{
    protected override GameFrame? Parse(int length) =>
        System.Text.Json.JsonSerializer.Deserialize(Buffer.AsSpan(0, length), GameJson.Default.GameFrame);
}
