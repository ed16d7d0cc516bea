using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Newtonsoft.Json.Linq;
using NUnit.Framework;
using Talo.Reactive.Http;
using Talo.Reactive.Testing;
using Talo.Reactive.Tests.Session;

namespace Talo.Reactive.Tests.Players;

/// <summary>Changes, failures, lost links and time, in any order: what the game set is what the server has in the end.</summary>
public sealed class AnyPropsTests
{
    private static readonly Config Runs = Exploration.Runs;

    private static readonly Gen<(string Kind, string Key, string Value)> Steps =
        from kind in Gen.Elements("set", "set", "set", "insert", "remove", "delete", "flush", "503", "slow", "never", "lose", "wait", "long")
        from key in Gen.Elements("a", "b", "c")
        from value in Gen.Elements("1", "2", "3")
        select (kind, key, value);

    private static readonly Arbitrary<List<(string Kind, string Key, string Value)>> Stories = Steps.ListOf().Select(x => x.ToList()).ToArbitrary();

    [Test, Fuzz]
    public void EveryOrder_EndsAlike_HereAndThere() => FsCheck.Fluent.Prop.ForAll(Stories, Played).Explore(Runs);

    private static void Played(List<(string Kind, string Key, string Value)> story)
    {
        using var played = new PlayedSession().Identified();
        var players = played.Talo.Players;
        var rejected = 0;
        players.PropsRejected.Subscribe(_ => rejected++);
        var id = played.Talo.CurrentPlayer!.Id;
        var stored = new Dictionary<string, List<string>>();
        var model = new Dictionary<string, List<string>>();
        var route = played.Server.Http.On("PATCH", "/v1/players/*").Reply(Patch);

        played.Server.On("v1.players.identify", (connection, _) =>
        {
            var ada = played.Server.Player("ada");
            var alias = ada.ToJson();
            alias["player"]!["props"] = JArray.FromObject(All());
            connection.Player = ada;
            connection.Send("v1.players.identify.success", alias);
        });

        foreach (var step in story)
        {
            Do(step.Kind, step.Key, step.Value);
            Assert.That(Described(played.Talo.CurrentPlayer!.Props), Is.EqualTo(Described(model)), $"the game sees what it set, at all times: {string.Join(" ", story)}");
        }

        played.Advance(600);
        Assert.That(Described(stored), Is.EqualTo(Described(model)), string.Join(" ", story));
        Assert.That(Described(played.Talo.CurrentPlayer!.Props), Is.EqualTo(Described(model)));
        Assert.That(rejected, Is.Zero);

        void Do(string kind, string key, string value)
        {
            var list = model.TryGetValue(key + "[]", out var values) ? values : [];
            switch (kind)
            {
                case "set":
                    players.SetProp(key, value);
                    model[key] = [value];
                    break;
                case "delete":
                    players.DeleteProp(key);
                    model.Remove(key);
                    break;
                case "insert":
                    players.InsertIntoPropArray(key, value);
                    model[key + "[]"] = [.. list.Where(x => x != value || list.Contains(value)), .. list.Contains(value) ? Array.Empty<string>() : [value]];
                    break;
                case "remove":
                    players.RemoveFromPropArray(key, value);
                    if (list.Remove(value) && list.Count == 0) model.Remove(key + "[]");
                    break;
                case "flush":
                    _ = players.FlushPropsAsync();
                    break;
                case "503":
                    route.ReplyOnce(503, "");
                    break;
                case "slow":
                    route.After(TimeSpan.FromSeconds(3)).ReplyOnce(Patch);
                    break;
                case "never":
                    // The server does it, and the answer gets lost.
                    route.ReplyOnce(call => Patch(call).Status == 200 ? ScriptedReply.Text(504, "") : null!);
                    break;
                case "lose":
                    played.Server.Link.Lose();
                    break;
                case "wait":
                    played.Advance(0.7);
                    break;
                case "long":
                    played.Advance(10);
                    break;
            }
        }

        HttpReply Patch(HttpCall call)
        {
            var props = JObject.Parse(Encoding.UTF8.GetString(call.Body!.Value.Span))["props"]!.Select(x => ((string)x["key"]!, (string?)x["value"])).ToList();
            foreach (var key in props.Select(x => x.Item1).Distinct())
            {
                var values = props.Where(x => x.Item1 == key && x.Item2 is not null).Select(x => x.Item2!).Distinct().ToList();
                if (values.Count == 0) stored.Remove(key);
                else stored[key] = values;
            }

            return ScriptedReply.Json(200, new { player = new { id, props = All(), aliases = Array.Empty<object>() }, rejectedProps = Array.Empty<object>() });
        }

        IEnumerable<object> All() => stored.SelectMany(x => x.Value.Select(value => new { key = x.Key, value }));
    }

    private static string Described(IEnumerable<Prop> props) =>
        Described(props.GroupBy(x => x.Key).ToDictionary(x => x.Key, x => x.Select(y => y.Value!).ToList()));

    private static string Described(Dictionary<string, List<string>> props) =>
        string.Join(" ", props.OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => $"{x.Key}={string.Join(",", x.Value)}"));
}
