using System.Linq;

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

    public string? Optional(string name) => target.Query(name) is { } value && IsSingleText(name) ? value : null;

    public int Page()
    {
        var values = target.QueryAll("page").ToList();
        if (values.Count == 0)
            return 0;
        var page = values.Count == 1 ? NumberField.Parse(values[0]) : NumberField.NotANumber;
        if (page.Fault is null && page.Value < 0)
            page = page with { Fault = "Too small: expected number to be >=0" };
        if (page.Fault is { } fault)
            errors.Add("page", fault);
        return (int)double.Clamp(page.Value, 0, int.MaxValue / Paging.PerPage - 1);
    }

    private bool IsSingleText(string name)
    {
        if (target.QueryAll(name).Count() == 1)
            return true;
        errors.Add(name, "Invalid input: expected string, received array");
        return false;
    }
}
