using System.Reactive.Linq;
using System.Threading.Tasks;

namespace Talo.Reactive.Tests.Docs;

/// <summary>The README's game, compiled.</summary>
internal static class ReadmeGame
{
    internal static async Task PlayAsync(string accessKey, int lobby, GameLoop gameLoop, Hud hud)
    {
        // snippet: game
        var talo = new TaloClient(new TaloClientOptions { AccessKey = accessKey });

        talo.Socket.Messages
            .Where(m => m.Res == "v1.channels.message")
            .Select(m => m.DataAs<ChannelMessage>())
            .Where(m => m.Channel.Id == lobby)
            .ObserveOn(gameLoop)                                         // the game's thread: gameLoop.Tick() once a frame
            .SubscribeGuarded(m => hud.Add($"{m.PlayerAlias.DisplayName}: {m.Message}"));
        talo.Socket.States.ObserveOn(gameLoop).SubscribeGuarded(s => hud.Connection = s.ToString());

        await talo.Players.IdentifyAsync("username", "ada");             // HTTP; the socket identifies itself
        await talo.Channels.JoinAsync(lobby);
        await talo.Channels.SendMessageAsync(lobby, "ahoy");             // waits for the connection and its turn
        // end
    }

    internal sealed class Hud
    {
        internal string Connection { get; set; } = "";

        internal string Lines { get; private set; } = "";

        internal void Add(string line) => Lines += line + "\n";
    }
}
