using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Examples;

public sealed class FriendsListTests
{
    [Test]
    public async Task FriendsList_ShowsAFriendshipFromItsBeginningToItsEnd()
    {
        var output = await ExampleRun.OutputOfAsync("FriendsList");
        Assert.That(output, Does.Match(
            "(?s)nobody.*grace is online\\s.*grace is online \"in the mines\".*grace is offline \"in the mines\".*"
            + "grace is online \"in the mines\".*nobody.*Done"));
        Assert.That(output, Does.Contain("grace hears ada say: I found").And.Contain("linus hears ada say: I found"));
    }
}
