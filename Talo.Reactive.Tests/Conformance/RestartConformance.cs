using System.Net.WebSockets;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class RestartConformance : ConformanceTests
{
    [Test]
    public async Task Restart_DropsSocketsAndLeavesPlayersOnlineAndTokensValid()
    {
        var talo = OwnerOrIgnore("the server would have to be restarted");
        var linus = await NewPlayerAsync("linus");
        var socket = await ConnectAsync(linus);

        await talo.SuspendAsync();
        await socket.ExpectAsync("CLOSED 1006");
        Assert.That(() => Suite.DialAsync("/socket?ticket=x"), Throws.InstanceOf<WebSocketException>());
        await talo.ResumeAsync();

        (await CallAsync("GET", $"/v1/players/presence/{linus.PlayerId}")).Expect(200, $$"""{"presence":{{Shape.Presence(linus, online: true)}}}""");
        var again = await ConnectAsync();
        await again.SendAsync(linus.IdentifyRequest);
        await again.ExpectAsync(Shape.Identified(linus, onlineChanged: false));
    }
}
