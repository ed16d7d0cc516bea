using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Tests.Wire;

/// <summary>What holds for every entity and event.</summary>
[TestFixtureSource(typeof(EntityTable), nameof(EntityTable.All))]
internal sealed class EntityTests(EntityKind kind)
{
    private object Entity => kind.Read(Reference.Utf8(kind.Json));

    [Test]
    public void JsonOfTheServer_IsReadWhole()
    {
        // Writing what was read gives back every member: none was overlooked.
        var written = FrameWriter.Any("x", Entity);
        var data = JObject.Parse(System.Text.Encoding.UTF8.GetString(written))["data"];
        Assert.That(JToken.DeepEquals(data, JToken.Parse(kind.Json)), Is.True, data?.ToString());
        Assert.That(Entity, Is.Not.EqualTo(kind.Empty()));
    }

    [Test]
    public void Newtonsoft_ReadsAndWritesTheSame()
    {
        var json = JsonConvert.SerializeObject(Entity);
        Assert.That(JsonConvert.DeserializeObject(json, kind.Type), Is.EqualTo(Entity));
        Assert.That(JToken.Parse(kind.Json).ToObject(kind.Type), Is.EqualTo(Entity));
        Assert.That(JsonConvert.DeserializeObject("null", kind.Type), Is.Null);
    }

    [Test]
    public void NamingStrategyOfAGame_ChangesNothing()
    {
        var settings = new JsonSerializerSettings
        {
            ContractResolver = new Newtonsoft.Json.Serialization.DefaultContractResolver
            {
                NamingStrategy = new Newtonsoft.Json.Serialization.SnakeCaseNamingStrategy(),
            },
            NullValueHandling = NullValueHandling.Ignore,
            DateFormatString = "yyyy",
        };
        var json = JsonConvert.SerializeObject(Entity, settings);
        Assert.That(JsonConvert.DeserializeObject(json, kind.Type, settings), Is.EqualTo(Entity));
    }

    [Test]
    public void EqualContent_IsEqual()
    {
        var (one, other) = (Entity, Entity);
        Assert.That(one, Is.Not.SameAs(other));
        Assert.That(one.Equals(other), Is.True);
        Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
    }

    [Test]
    public void AnyOtherLeaf_IsNotEqual()
    {
        var source = JObject.Parse(kind.Json);
        var leaves = source.Descendants().OfType<JValue>().Where(leaf => leaf.Type is not (JTokenType.Null or JTokenType.Date)).ToList();
        Assert.That(leaves, Is.Not.Empty);
        foreach (var path in leaves.Select(leaf => leaf.Path))
        {
            var changed = (JObject)source.DeepClone();
            var leaf = (JValue)changed.SelectToken(path)!;
            leaf.Value = leaf.Type switch
            {
                JTokenType.Boolean => !(bool)leaf,
                JTokenType.Integer => (long)leaf + 1,
                _ => (string?)leaf + "?",
            };
            Assert.That(kind.Read(Reference.Utf8(changed.ToString(Formatting.None))), Is.Not.EqualTo(Entity), path);
        }
    }

    [Test, Fuzz]
    public void OrderAndUnknownMembers_DoNotMatter() => Exploration.ForAnyRandom(random =>
    {
        var json = Mutation.Harmless(random, Undated(kind.Json)).ToString();
        Assert.That(kind.Read(Reference.Utf8(json)), Is.EqualTo(Entity), json);
    });

    [Test, Fuzz]
    public void MissingAndNullMembers_AreTolerated() => Exploration.ForAnyRandom(random =>
    {
        var json = Mutation.Maimed(random, Undated(kind.Json), wrongTypes: false).ToString();
        Assert.That(kind.CanRead(Reference.Utf8(json)), Is.True, json);
    });

    [Test]
    public void NoMember_ReadsAsAFreshOne()
    {
        Assert.That(kind.Read("{}"u8.ToArray()), Is.EqualTo(kind.Empty()));
        var nulls = new JObject(JObject.Parse(kind.Json).Properties().Select(member => new JProperty(member.Name, JValue.CreateNull())));
        Assert.That(kind.Read(Reference.Utf8(nulls.ToString())), Is.EqualTo(kind.Empty()));
    }

    [Test]
    public void FreshOne_HasNoNullsWhereNoneAreDeclared()
    {
        var nullability = new System.Reflection.NullabilityInfoContext();
        foreach (var property in kind.Type.GetProperties())
        {
            if (nullability.Create(property).ReadState != System.Reflection.NullabilityState.NotNull) continue;
            Assert.That(property.GetValue(kind.Empty()), Is.Not.Null, property.Name);
        }
    }

    [Test]
    public void Text_IsShortAndNotTheTypesName()
    {
        Assert.That(Entity.ToString(), Is.Not.Empty.And.Length.LessThan(120));
        Assert.That(Entity.ToString(), Does.Not.Contain("{").And.Not.StartsWith("Talo."));
        Assert.DoesNotThrow(() => _ = kind.Empty().ToString());
    }

    private static JObject Undated(string json)
    {
        using var reader = new JsonTextReader(new System.IO.StringReader(json)) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(reader);
    }
}
