using System;
using System.Linq;
using System.Threading.Tasks;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>A player of the suite, seldom with more than the one socket that the calls here are about.</summary>
internal sealed class TestPlayer(
    Suite suite, GameUnderTest game, string identifier, int aliasId, string playerId, string socketToken)
{
    private TestSocket? socket;

    public GameUnderTest Game => game;

    /// <summary>To be set by a test that has it changed.</summary>
    public string Identifier { get; set; } = identifier;

    public int AliasId => aliasId;

    public string PlayerId => playerId;

    public string Service { get; init; } = "username";

    /// <summary>What the server is expected to show as the player's props, as it stands in JSON.</summary>
    public string Props { get; set; } = "";

    public bool IsDev { get; init; }

    /// <summary>The newest token; to be set by a test that has it replaced.</summary>
    public string SocketToken { get; set; } = socketToken;

    /// <summary>The session of a player with Talo auth, sent with every call.</summary>
    public string? Session { get; set; }

    /// <summary>The password of a player with Talo auth.</summary>
    public string Password { get; set; } = "";

    public bool HasSocket => socket is { IsOpen: true };

    /// <summary>Whether the server takes the player for offline although the socket is open, or may do so.</summary>
    public bool NeedsNewSocket { get; set; }

    public TestSocket Socket
    {
        get => socket ?? throw new InvalidOperationException($"{Identifier} has no socket.");
        set => socket = value;
    }

    /// <summary>The request that identifies a socket as this player.</summary>
    public string IdentifyRequest =>
        $$$"""{"req":"v1.players.identify","data":{"playerAliasId":{{{aliasId}}},"socketToken":"{{{SocketToken}}}"{{{(Session is null ? "" : $",\"sessionToken\":\"{Session}\"")}}}}}""";

    /// <summary>An HTTP call of this player; signed when its game asks for that.</summary>
    public Task<Answer> CallAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        if (game.Signer is { } signer && method != "GET")
        {
            body ??= "{}";
            headers = [.. headers, ("x-talo-signature", signer.Sign(body, suite.Server.Now))];
        }
        return UnsignedCallAsync(method, path, body, headers);
    }

    /// <summary>An HTTP call of this player as any game sends it; headers given here win.</summary>
    public Task<Answer> UnsignedCallAsync(
        string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        (string Name, string Value)[] own =
        [
            ("x-talo-alias", $"{aliasId}"), ("x-talo-player", playerId), ("authorization", $"Bearer {game.AccessKey}"),
            .. Session is null ? Array.Empty<(string, string)>() : [("x-talo-session", Session)],
        ];
        var kept = own.Where(header => !headers.Any(given => given.Name == header.Name));
        return suite.Api.CallAsync(method, path, body, [.. kept, .. headers]);
    }

    public Task SendAsync(string frame) => Socket.SendAsync(frame);

    /// <summary>Sends a frame with a signature of the game in front.</summary>
    public Task SendSignedAsync(string json) => SendAsync(game.Signer!.Frame(json, suite.Server.Now));

    /// <summary>Says something in a channel; <paramref name="text"/> as it stands in JSON.</summary>
    public Task SayAsync(TestChannel channel, string text) =>
        SendAsync($$$"""{"req":"v1.channels.message","data":{"channel":{"id":{{{channel.Id}}}},"message":"{{{text}}}"}}""");

    /// <summary>Fails unless the next frames to this player are these, in this order.</summary>
    public Task ExpectAsync(params string[] templates) => Socket.ExpectAsync(templates);

    public Task ExpectNothingAsync() => Socket.ExpectNothingAsync(suite.Server);

    public Task<string> NextAsync() => Socket.NextAsync();

    /// <summary>Closes the socket and waits until the server has noticed.</summary>
    public async Task CloseAsync()
    {
        await Socket.CloseAsync();
        await suite.SettleAsync();
    }
}
