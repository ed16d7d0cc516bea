using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class TemplateTests
{
    private const string Uuid = "6f1d9a1e-3a0b-4c53-9d0e-1f6b2f7e4c10";
    private const string Presence = """{"online":true,"customStatus":"a \"b\"","updatedAt":"2026-03-02T18:20:12.000Z"}""";

    [TestCase("""{"id":41,"a":"b"}""", """{"id":<id>,"a":"b"}""", true)]
    [TestCase("""{"a":"b","id":41}""", """{"id":<id>,"a":"b"}""", false, Description = "Another order")]
    [TestCase("""{"id":"41","a":"b"}""", """{"id":<id>,"a":"b"}""", false, Description = "A string instead of a number")]
    [TestCase("""{"id":41,"a":"b","c":1}""", """{"id":<id>,"a":"b"}""", false, Description = "A member more")]
    [TestCase("""{"id":41}""", """{"id":<id>,"a":"b"}""", false, Description = "A member less")]
    [TestCase("""{"t":""" + "\"" + Uuid + "\"}", """{"t":"<uuid>"}""", true)]
    [TestCase("""{"t":"2026-03-02T18:20:11.000Z"}""", """{"t":"<time>"}""", true)]
    [TestCase("""{"t":"2026-03-02T18:20:11Z"}""", """{"t":"<time>"}""", false, Description = "No milliseconds")]
    [TestCase("""{"p":null}""", """{"p":<presence>}""", true)]
    [TestCase("""{"p":""" + Presence + "}", """{"p":<presence>}""", true)]
    [TestCase("""{"p":{}}""", """{"p":<presence>}""", false)]
    [TestCase("""{"m":"<b>"}""", """{"m":"<b>"}""", true, Description = "No placeholder")]
    [TestCase("""{"m":"\u003cb>"}""", """{"m":"<b>"}""", false, Description = "Escaped where Talo does not")]
    public void Template_IsComparedToTheLetter(string actual, string template, bool matches)
    {
        Assert.That(Template.Matches(actual, template), Is.EqualTo(matches));
    }
}
