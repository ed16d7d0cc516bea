using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class SignatureConformance : ConformanceTests
{
    [Test]
    public async Task SignedMessage_IsDelivered()
    {
        var game = Server.VerifiedGameOrIgnore();
        await SignedFramesOrInconclusiveAsync();
        var ada = await PlayerAsync("ada", game);
        var harbour = await CreateChannelAsync(ada);

        await ada.SendSignedAsync($$$"""{"req":"v1.channels.message","data":{"channel":{"id":{{{harbour.Id}}}},"message":"signed"}}""");

        await ada.ExpectAsync(Shape.Message(Shape.Channel(harbour, ada), ada, "signed"));
    }
}
