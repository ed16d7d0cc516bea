using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Http;

/// <summary>
/// One endpoint, one instance a call. The order of its checks is fixed here: body, query, path, headers, scopes, the alias, and
/// then what <see cref="Handle"/> looks up. What a route reads while it is validated it keeps in its fields.
/// </summary>
internal abstract class Route
{
    protected ApiCall Call { get; private set; } = null!;

    protected Game Game => Call.Game;

    /// <summary>The caller; there only when the route <see cref="NeedsAlias"/>.</summary>
    protected PlayerAlias Caller { get; private set; } = null!;

    protected virtual IReadOnlyList<string> Scopes => [];

    protected virtual bool NeedsAlias => false;

    public ApiReply Answer(Change change, ApiCall call, IReadOnlyDictionary<string, string> path)
    {
        Call = call;
        Validate(ReadBody);
        Validate(errors => ReadQuery(new QueryFields(call.Target, errors)));
        Validate(errors => ReadPath(path, errors));
        Validate(CheckHeaders);
        if (call.Key.Missing(Scopes) is { } missing)
            throw new ApiRefusal(403, missing);
        if (NeedsAlias)
            Caller = FindCaller();
        return Handle(change);
    }

    protected abstract ApiReply Handle(Change change);

    /// <summary>For routes with a body; the others do not look at it, whatever it is.</summary>
    protected virtual void ReadBody(BodyFields body)
    {
    }

    protected virtual bool HasBody => false;

    protected virtual void ReadQuery(QueryFields query)
    {
    }

    protected virtual void ReadPath(IReadOnlyDictionary<string, string> path, FieldErrors errors)
    {
    }

    protected virtual void CheckHeaders(FieldErrors errors)
    {
        if (NeedsAlias)
            CheckAliasHeader(Call.Header("x-talo-alias"), errors);
    }

    private void ReadBody(FieldErrors errors)
    {
        if (HasBody)
            ReadBody(new BodyFields(Call.Body, errors));
    }

    private PlayerAlias FindCaller() =>
        int.TryParse(Call.Header("x-talo-alias"), CultureInfo.InvariantCulture, out var id) && Game.Aliases.TryGetValue(id, out var alias)
            ? alias
            : throw new ApiRefusal(404, "Player not found");

    private static void CheckAliasHeader(string? header, FieldErrors errors)
    {
        if (header is null)
            errors.Add("x-talo-alias", "x-talo-alias is missing from the request headers");
        else if (header.Length == 0 || !header.All(char.IsAsciiDigit))
            errors.Add("x-talo-alias", "x-talo-alias header must be a numeric string");
    }

    private static void Validate(System.Action<FieldErrors> read)
    {
        var errors = new FieldErrors();
        read(errors);
        errors.ThrowIfAny();
    }
}
