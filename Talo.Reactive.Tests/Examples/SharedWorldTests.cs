using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Examples;

public sealed class SharedWorldTests
{
    [Test]
    public async Task SharedWorld_IsTheSameForBothAfterOneWasAway()
    {
        var output = await ExampleRun.OutputOfAsync("SharedWorld");
        Assert.That(output, Does.Match(@"(?s)the network is back.*missed \d.*grace sees .*bridge=done.*Both live in the same world"));
        var away = output.Split("grace loses the network")[1].Split("the network is back")[0];
        Assert.That(away, Does.Contain("ada sees").And.Not.Contain("grace sees"), "grace saw while she was away");
    }
}
