using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Examples;

public sealed class GameLoopExampleTests
{
    [Test]
    public async Task GameLoop_TakesAFloodInAFewLinesAFrame_AndLosesNone()
    {
        var output = await ExampleRun.OutputOfAsync("GameLoop");
        Assert.That(output, Does.Match(
            @"(?s)ada is in lobby.*crowd: hello 250.*Closed.*1001 lines in \d+ frames, \d\d? in one at most; the last: hello 1000"));
        Assert.That(output, Does.Contain("the longest frame").And.Not.Contain("no chat today"));
    }
}
