using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Http;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Tests.Http;

public sealed class PageReaderTests
{
    [Test]
    public void WholePage_IsRead()
    {
        var page = Read("""{"props":[{"key":"a","value":"1"}],"count":51,"itemsPerPage":50,"isLastPage":false,"new":1}""");
        Assert.That(page, Is.EqualTo(new Page<Prop>([new Prop("a", "1")], 51, 50, isLastPage: false)));
    }

    [Test]
    public void NoNumbers_IsTheLastPage_OfWhatIsThere() =>
        Assert.That(Read("""{"props":[{"key":"a","value":"1"}]}"""), Is.EqualTo(new Page<Prop>([new Prop("a", "1")], 1, 0, isLastPage: true)));

    [Test]
    public void NoItems_IsNotWhatTaloSends() =>
        Assert.That(() => Read("""{"count":0}"""), Throws.TypeOf<TaloPayloadException>().With.Message.Contains("missing"));

    [Test]
    public async Task Walk_AsksForEachPageOnce_AndStopsAtTheLast()
    {
        var asked = new List<int>();
        var seen = new List<int>();
        await foreach (var x in Pages.Walk<int>((page, _) =>
        {
            asked.Add(page);
            return Task.FromResult(new Page<int>([page * 10, page * 10 + 1], 6, 2, isLastPage: page == 2));
        })) seen.Add(x);
        Assert.That(asked, Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(seen, Is.EqualTo(new[] { 0, 1, 10, 11, 20, 21 }));
    }

    [Test]
    public async Task Walk_AServerThatNeverSaysLast_EndsAtAnEmptyPage()
    {
        var seen = new List<int>();
        await foreach (var x in Pages.Walk<int>((page, _) => Task.FromResult(new Page<int>(page < 3 ? [page] : [], 3, 1, isLastPage: false))))
            seen.Add(x);
        Assert.That(seen, Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public void Walk_AServerWhosePagesNeverEnd_IsGivenUp()
    {
        var asked = 0;
        var walk = Pages.Walk<int>((page, _) =>
        {
            // Twice the limit: a walk without one ends all the same.
            asked = page + 1;
            return Task.FromResult(new Page<int>([page], 1, 1, isLastPage: page == 20_000));
        });
        Assert.That(
            async () =>
            {
                await foreach (var _ in walk)
                {
                }
            },
            Throws.TypeOf<TaloException>().With.Message.Contains("10000 pages"));
        Assert.That(asked, Is.EqualTo(10_000));
    }

    private static Page<Prop> Read(string json) => Payload.Read<Page<Prop>>(Encoding.UTF8.GetBytes(json), ReadProps);

    private static Page<Prop> ReadProps(ref Utf8JsonReader reader) => PageReader.Read(ref reader, "props"u8, PropJson.Read);
}
