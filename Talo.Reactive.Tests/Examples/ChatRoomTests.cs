using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Examples;

public sealed class ChatRoomTests
{
    [Test]
    public async Task WithoutATerminal_ChatRoomPlaysItsScriptThroughADrop_AndLosesNothing() => Assert.That(
        await ExampleRun.OutputOfAsync("ChatRoom"),
        Does.Contain("Waiting").And.Contain("missed").And.Contain("grace heard all 5 lines"));
}
