using System;
using System.Collections.Generic;
using System.Text.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Http;

/// <summary>Reads members of a JSON body and notes those that are of the wrong type.</summary>
internal sealed class BodyFields
{
    private const string NoArray = "Props must be an array";

    private readonly JsonElement body;
    private readonly FieldErrors errors;

    public BodyFields(JsonElement body, FieldErrors errors)
    {
        this.body = body;
        this.errors = errors;
        if (body.ValueKind != JsonValueKind.Object)
            errors.Add("", $"Invalid input: expected object, received {TypeOf(body)}");
        errors.ThrowIfAny();
    }

    public string Text(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.String } value)
            return value.GetString()!;
        Expect("string", name, Find(name));
        return "";
    }

    public string? OptionalText(string name) => Find(name) is null ? null : Text(name);

    public string Uuid(string name)
    {
        var text = Text(name);
        if (Find(name) is { ValueKind: JsonValueKind.String } && UuidField.Fault(text) is { } fault)
            errors.Add(name, fault);
        return text;
    }

    public bool? OptionalFlag(string name)
    {
        var value = Find(name);
        if (value is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag)
            return flag.GetBoolean();
        if (value is not null)
            Expect("boolean", name, value);
        return null;
    }

    public bool Flag(string name)
    {
        if (Find(name) is null)
            Expect("boolean", name, null);
        return OptionalFlag(name) ?? false;
    }

    /// <summary>Any number, whole or not: what it identifies is looked up later.</summary>
    public double Number(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Number } value)
            return value.GetDouble();
        Expect("number", name, Find(name));
        return double.NaN;
    }

    public double Int(string name)
    {
        var number = Number(name);
        if (Find(name) is { ValueKind: JsonValueKind.Number } && NumberField.Of(number).Fault is { } fault)
            errors.Add(name, fault);
        return number;
    }

    /// <summary>A text out of a few; whatever else stands there, <paramref name="fault"/> words the complaint.</summary>
    public string Choice(string name, Func<string?, string?> fault)
    {
        var text = Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        if (fault(text) is { } complaint)
            errors.Add(name, complaint);
        return text ?? "";
    }

    /// <summary>A rule across members, which is looked at only when each of them is well.</summary>
    public void Rule(string path, bool isKept, string complaint)
    {
        if (!isKept && errors.IsEmpty)
            errors.Add(path, complaint);
    }

    public bool Has(string name) => Find(name) is not null;

    /// <summary>True for a member that is there and null.</summary>
    public bool IsNull(string name) => Find(name) is { ValueKind: JsonValueKind.Null };

    /// <summary>Props whose values may not be null; none when the member is not there.</summary>
    public IReadOnlyList<Prop> OptionalProps(string name)
    {
        var props = new List<Prop>();
        foreach (var (path, item) in PropItems(name))
            props.Add(new(TextOf(item, "key", path), TextOf(item, "value", path)));
        return props;
    }

    /// <summary>Props whose values may be null, which deletes; null when the member is not there.</summary>
    public IReadOnlyList<PropChange>? OptionalPropChanges(string name)
    {
        if (Find(name) is null)
            return null;
        var changes = new List<PropChange>();
        foreach (var (path, item) in PropItems(name))
        {
            var key = TextOf(item, "key", path);
            var isNull = item.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Null;
            changes.Add(new(key, isNull ? null : TextOf(item, "value", path)));
        }
        return changes;
    }

    /// <summary>As <see cref="OptionalPropChanges"/>, of a member that has to be there.</summary>
    public IReadOnlyList<PropChange> PropChanges(string name)
    {
        if (Find(name) is null)
            errors.Add(name, NoArray);
        return OptionalPropChanges(name) ?? [];
    }

    private IEnumerable<(string Path, JsonElement Item)> PropItems(string name)
    {
        if (Find(name) is not { } value)
            yield break;
        if (value.ValueKind != JsonValueKind.Array)
        {
            errors.Add(name, NoArray);
            yield break;
        }
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var path = $"{name}.{index++}";
            if (item.ValueKind == JsonValueKind.Object)
                yield return (path, item);
            else
                Expect("object", path, item);
        }
    }

    private JsonElement? Find(string name) => body.TryGetProperty(name, out var value) ? value : null;

    private string TextOf(JsonElement item, string member, string path)
    {
        if (item.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String)
            return value.GetString()!;
        Expect("string", $"{path}.{member}", value.ValueKind == JsonValueKind.Undefined ? null : value);
        return "";
    }

    private void Expect(string type, string path, JsonElement? value) =>
        errors.Add(path, $"Invalid input: expected {type}, received {TypeOf(value)}");

    private static string TypeOf(JsonElement? value) => value?.ValueKind switch
    {
        null or JsonValueKind.Undefined => "undefined",
        JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => "number",
        JsonValueKind.String => "string",
        JsonValueKind.Array => "array",
        _ => "object",
    };
}
