using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Http;

/// <summary>Reads query parameters and notes those that are missing, given twice or no number.</summary>
internal sealed class QueryFields(RequestTarget target, FieldErrors errors)
{
    /// <summary>A text that has to be there and not be empty; blanks count as a text.</summary>
    public string Required(string name)
    {
        if (target.Query(name) is null)
            errors.Add(name, $"{name} is missing from the request query");
        else if (IsSingleText(name) && target.Query(name) is "")
            errors.Add(name, $"Invalid {name}, must be a non-empty string");
        return target.Query(name) ?? "";
    }

    /// <summary>A text that has to be there; it may be empty.</summary>
    public string Text(string name)
    {
        if (target.Query(name) is null)
            errors.Add(name, "Invalid input: expected string, received undefined");
        return Optional(name) ?? "";
    }

    /// <summary>What is searched for; hyphens alone are nothing to search for.</summary>
    public string SearchText(string name)
    {
        var values = target.QueryAll(name).ToList();
        if (values.Count != 1)
            errors.Add(name, $"{name} is missing from the request query");
        else if (values[0].Trim().All(character => character == '-'))
            errors.Add(name, "Query must be a non-empty string");
        return values.FirstOrDefault() ?? "";
    }

    /// <summary>Texts that are given by repeating the parameter.</summary>
    public IReadOnlyList<string> Keys(string name, int max)
    {
        var keys = target.QueryAll(name).ToList();
        if (keys.Count == 0)
            errors.Add(name, $"{name} is missing from the request query");
        if (keys.Count > max)
            errors.Add(name, $"Maximum {max} keys allowed per request");
        if (keys.Any(string.IsNullOrWhiteSpace))
            errors.Add(name, "All keys must be non-empty strings");
        return keys;
    }

    public string? OptionalUuid(string name)
    {
        var text = Optional(name);
        if (text is not null && UuidField.Fault(text) is { } fault)
            errors.Add(name, fault);
        return text;
    }

    public string? Optional(string name) => target.Query(name) is { } value && IsSingleText(name) ? value : null;

    /// <summary>A whole number; an empty text is 0, as in JavaScript.</summary>
    public double? OptionalInt(string name)
    {
        if (Number(name) is not { } number)
            return null;
        if (number.Fault is { } fault)
            errors.Add(name, fault);
        return number.Value;
    }

    public bool? OptionalFlag(string name)
    {
        if (target.Query(name) is not { } value)
            return null;
        if (value is not ("true" or "false") || target.QueryAll(name).Skip(1).Any())
            errors.Add(name, "Invalid option: expected one of \"true\"|\"false\"");
        return value == "true";
    }

    public RelationshipType? OptionalRelationshipType(string name)
    {
        if (target.Query(name) is not { } value)
            return null;
        var type = RelationshipTypes.Parse(value);
        if (type is null || target.QueryAll(name).Skip(1).Any())
            errors.Add(name, RelationshipTypes.Fault);
        return type;
    }

    public int Page()
    {
        if (Number("page") is not { } page)
            return 0;
        if (page.Fault is null && page.Value < 0)
            page = page with { Fault = "Too small: expected number to be >=0" };
        if (page.Fault is { } fault)
            errors.Add("page", fault);
        return (int)double.Clamp(page.Value, 0, int.MaxValue / Paging.PerPage - 1);
    }

    private NumberField? Number(string name)
    {
        var values = target.QueryAll(name).ToList();
        return values.Count switch
        {
            0 => null,
            1 => NumberField.Parse(values[0]),
            _ => NumberField.NotANumber,
        };
    }

    private bool IsSingleText(string name)
    {
        if (target.QueryAll(name).Count() == 1)
            return true;
        errors.Add(name, "Invalid input: expected string, received array");
        return false;
    }
}
