using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

[TestFixture]
public sealed class ChannelUpdateConformance : ConformanceTests
{
    private const string NotTheOwner = """{"message":"This player is not the owner of the channel"}""";

    [Test]
    public async Task NameAndProps_AreToldToAllMembers()
    {
        var (ada, grace, harbour) = await HarbourAsync("\"props\":[{\"key\":\"channelType\",\"value\":\"public\"}]");
        var name = Unique("renamed");
        var props = Shape.Prop("level", "5");

        (await ada.CallAsync("PUT", harbour.Path, $$"""{"name":" {{name}} ","props":[{"key":"channelType","value":null},{"key":"level","value":"5"}]}"""))
            .Expect(200, ChannelShape.Answer(Shape.Channel(harbour, ada, members: 2, props: props, name: name)));

        var channel = Shape.Channel(harbour, ada, props: props, name: name);
        foreach (var member in new[] { ada, grace })
            await member.ExpectAsync(ChannelShape.Updated(channel, "name", "props"));
        (await CallAsync("GET", harbour.Path))
            .Expect(200, ChannelShape.Answer(Shape.Channel(harbour, ada, members: 2, props: props, name: name)));
        await ada.SayAsync(harbour, "after rename");
        foreach (var member in new[] { ada, grace })
            await member.ExpectAsync(Shape.Message(channel, ada, "after rename"));
    }

    [Test]
    public async Task WhatIsSuppliedIsListed_ThoughItBeTheSame()
    {
        var (ada, grace, harbour) = await HarbourAsync();
        var answer = ChannelShape.Answer(Shape.Channel(harbour, ada, members: 2));

        (await ada.CallAsync("PUT", harbour.Path, $$"""{"name":"{{harbour.Name}}"}""")).Expect(200, answer);
        (await ada.CallAsync("PUT", harbour.Path, """{"props":[]}""")).Expect(200, answer);
        (await ada.CallAsync("PUT", harbour.Path, """{"temporaryMembership":false,"private":false,"autoCleanup":false,"name":"  "}"""))
            .Expect(200, answer);
        (await ada.CallAsync("PUT", harbour.Path, "{}")).Expect(200, answer);
        (await ada.CallAsync("PUT", harbour.Path, """{"name":""}""")).Expect(200, answer);

        var channel = Shape.Channel(harbour, ada);
        foreach (var member in new[] { ada, grace })
        {
            await member.ExpectAsync(
                ChannelShape.Updated(channel, "name"),
                ChannelShape.Updated(channel, "props"),
                ChannelShape.Updated(channel, "autoCleanup", "private", "temporaryMembership"));
        }
    }

    [Test]
    public async Task Props_AreMerged()
    {
        var (ada, _, harbour) = await HarbourAsync();

        await MergesAsync(
            """{"key":"t[]","value":"1"},{"key":"a","value":"1"},{"key":"b","value":"2"},{"key":"t[]","value":"2"},{"key":"t[]","value":"1"}""",
            ("a", "1"), ("b", "2"), ("t[]", "1"), ("t[]", "2"));
        await MergesAsync(
            """{"key":"c","value":"3"},{"key":"b","value":""},{"key":"b","value":"first wins"},{"key":"u[]","value":"9"},{"key":"","value":"x"}""",
            ("c", "3"), ("b", ""), ("a", "1"), ("u[]", "9"), ("t[]", "1"), ("t[]", "2"));
        await MergesAsync("""{"key":"t[]","value":null},{"key":"a","value":null},{"key":"none","value":null}""", ("c", "3"), ("b", ""), ("u[]", "9"));

        ForgetTheRest();

        async Task MergesAsync(string asked, params (string Key, string Value)[] merged) =>
            (await ada.CallAsync("PUT", harbour.Path, $$"""{"props":[{{asked}}]}"""))
                .Expect(200, ChannelShape.Answer(Shape.Channel(harbour, ada, members: 2, props: ChannelShape.Props(merged))));
    }

    [Test]
    public async Task WhatIsRefused_ChangesNothingAndIsNotTold()
    {
        var (ada, grace, harbour) = await HarbourAsync();
        var longText = new string('v', 513);

        (await ada.CallAsync("PUT", harbour.Path, $$"""{"name":"x","ownerAliasId":999999999,"props":[{"key":"k","value":"{{longText}}"}]}"""))
            .Expect(400, ChannelShape.PropsRefused(ChannelShape.TooLongAValue("k")));
        (await ada.CallAsync("PUT", harbour.Path, """{"name":"x","ownerAliasId":999999999}""")).Expect(404, Shape.Message("New owner not found"));
        (await ada.CallAsync("PUT", harbour.Path, """{"ownerAliasId":1.5}""")).Expect(404, Shape.Message("New owner not found"));
        (await grace.CallAsync("PUT", harbour.Path, """{"name":"x"}""")).Expect(403, NotTheOwner);
        (await CallAsync("GET", harbour.Path)).Expect(200, ChannelShape.Answer(Shape.Channel(harbour, ada, members: 2)));
    }

    [TestCase("""{"name":null}""", "name", "Invalid input: expected string, received null")]
    [TestCase("""{"props":null}""", "props", "Props must be an array")]
    [TestCase("""{"props":[{"key":"k"}]}""", "props.0.value", "Invalid input: expected string, received undefined")]
    [TestCase("""{"ownerAliasId":"1"}""", "ownerAliasId", "Invalid input: expected number, received string")]
    [TestCase("""{"autoCleanup":null}""", "autoCleanup", "Invalid input: expected boolean, received null")]
    [TestCase("""{"temporaryMembership":"yes"}""", "temporaryMembership", "Invalid input: expected boolean, received string")]
    public async Task ABadBody_IsRefused(string body, string path, string message)
    {
        var (ada, _, harbour) = await HarbourAsync();

        (await ada.CallAsync("PUT", harbour.Path, body)).Expect(400, Shape.Errors(path, message));
    }

    [Test]
    public async Task ATransferAlone_IsOneEvent()
    {
        var (ada, grace, harbour) = await HarbourAsync();

        (await ada.CallAsync("PUT", harbour.Path, $$"""{"ownerAliasId":{{grace.AliasId}}}"""))
            .Expect(200, ChannelShape.Answer(Shape.Channel(harbour, grace, members: 2)));
        harbour.Owner = grace;
        (await grace.CallAsync("PUT", harbour.Path, $$"""{"ownerAliasId":{{grace.AliasId}}}"""))
            .Expect(200, ChannelShape.Answer(Shape.Channel(harbour, grace, members: 2)));

        var told = ChannelShape.OwnershipTransferred(Shape.Channel(harbour, grace), grace);
        await ada.ExpectAsync(told, told);
        await grace.ExpectAsync(told, told);
        (await ada.CallAsync("PUT", harbour.Path, """{"name":"x"}""")).Expect(403, NotTheOwner);
    }

    [Test]
    public async Task ATransferToAStranger_MakesItAMemberAndIsToldFirst()
    {
        var (ada, grace, harbour) = await HarbourAsync();
        var joan = await PlayerAsync("joan");
        var name = Unique("given");

        (await ada.CallAsync("PUT", harbour.Path, $$"""{"name":"{{name}}","ownerAliasId":{{joan.AliasId}}}"""))
            .Expect(200, ChannelShape.Answer(Shape.Channel(harbour, joan, members: 3, name: name)));
        harbour.Owner = joan;

        var channel = Shape.Channel(harbour, joan, name: name);
        foreach (var member in new[] { ada, grace, joan })
        {
            await member.ExpectAsync(
                ChannelShape.OwnershipTransferred(channel, joan), ChannelShape.Updated(channel, "name", "ownerAliasId"));
        }
    }

    [Test]
    public async Task GivingTheOwnershipUp_IsToldOnlyWithSomethingElse()
    {
        // One that is deleted with its last member: nobody could delete it any more.
        var (ada, grace, harbour) = await HarbourAsync("\"autoCleanup\":true");
        harbour.Owner = null;
        foreach (var member in new[] { ada, grace })
            AfterTest(() => member.CallAsync("POST", $"{harbour.Path}/leave"));
        var other = await CreateChannelAsync(ada, "\"autoCleanup\":true");
        other.Owner = null;
        AfterTest(() => ada.CallAsync("POST", $"{other.Path}/leave"));

        (await ada.CallAsync("PUT", harbour.Path, """{"ownerAliasId":null}"""))
            .Expect(200, ChannelShape.Answer(Shape.Channel(harbour, null, members: 2, autoCleanup: true)));
        (await ada.CallAsync("PUT", other.Path, """{"ownerAliasId":null,"private":true}"""))
            .Expect(200, ChannelShape.Answer(Shape.Channel(other, null, members: 1, autoCleanup: true, isPrivate: true)));
        (await ada.CallAsync("PUT", harbour.Path, """{"name":"x"}""")).Expect(403, NotTheOwner);

        await ada.ExpectAsync(
            ChannelShape.Updated(Shape.Channel(other, null, autoCleanup: true, isPrivate: true), "ownerAliasId", "private"));
    }

    private async Task<(TestPlayer Ada, TestPlayer Grace, TestChannel Harbour)> HarbourAsync(string? members = null)
    {
        var (ada, grace) = (await PlayerAsync("ada"), await PlayerAsync("grace"));
        var harbour = await CreateChannelAsync(ada, members);
        await JoinAsync(grace, harbour);
        await ForgetAsync(ada, grace);
        return (ada, grace, harbour);
    }
}
