using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Examples;

public sealed class ChatRoomTests
{
    [TestCase]
    [TestCase("--engine", "client-websocket")]
    public async Task WithoutATerminal_ChatRoomPlaysItsScriptThroughADrop_AndLosesNothing(params string[] arguments) => Assert.That(
        await ExampleRun.OutputOfAsync("ChatRoom", arguments),
        Does.Contain("Waiting").And.Contain("missed").And.Contain("grace heard all 5 lines"));
}
