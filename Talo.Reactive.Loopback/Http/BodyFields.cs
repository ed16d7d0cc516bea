using System.Collections.Generic;
using System.Text.Json;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Http;

/// <summary>Reads members of a JSON body and notes those that are of the wrong type.</summary>
internal sealed class BodyFields
{
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

    public bool? OptionalFlag(string name)
    {
        var value = Find(name);
        if (value is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag)
            return flag.GetBoolean();
        if (value is not null)
            Expect("boolean", name, value);
        return null;
    }

    /// <summary>Props whose values may not be null.</summary>
    public IReadOnlyList<Prop> OptionalProps(string name)
    {
        var props = new List<Prop>();
        if (Find(name) is not { } value)
            return props;
        if (value.ValueKind != JsonValueKind.Array)
        {
            errors.Add(name, "Props must be an array");
            return props;
        }
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var path = $"{name}.{index++}";
            if (item.ValueKind != JsonValueKind.Object)
                Expect("object", path, item);
            else
                props.Add(new(TextOf(item, "key", path), TextOf(item, "value", path)));
        }
        return props;
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
