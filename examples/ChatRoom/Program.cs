using System;
using System.Reactive.Linq;
using System.Threading.Tasks;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Examples.ChatRoom;

/// <summary>The terminal around the chat: commands in, lines out.</summary>
internal static class Program
{
    private static readonly object Screen = new();

    private static async Task<int> Main(string[] arguments)
    {
        try
        {
            return await ChatAsync(Engines.Choose(arguments));
        }
        catch (TaloException error)
        {
            Say($"That did not work: {error.Message}");
            return 2;
        }
        catch (ArgumentException error)
        {
            Say(error.Message);
            return 2;
        }
    }

    private static async Task<int> ChatAsync(ITransport engine)
    {
        await using var place = await Place.FindAsync();
        Say($"Talking to {place.Name}");
        var cable = new CuttableTransport(engine);
        await using var ada = new Chatter(place.Options(cable), "ada");
        await using var grace = new Chatter(place.Options(engine), "grace");

        using var news = ada.News.SubscribeGuarded(text => Say("* " + text));
        await Task.WhenAll(ada.SignInAsync("ada" + place.Suffix), grace.SignInAsync("grace" + place.Suffix));
        await grace.EnterRoomAsync(await ada.OpenRoomAsync("harbour"));

        using var lines = ada.Lines
            .Where(line => !line.Text.StartsWith(Flood.Mark, StringComparison.Ordinal))
            .SubscribeGuarded(line => Say($"[harbour] {line.Sender}: {line.Text}"));
        using var answers = grace.Lines
            .Where(line => line.Sender.StartsWith("ada", StringComparison.Ordinal) && line.Text.EndsWith('?'))
            .SubscribeGuarded(line => _ = AnswerAsync(grace));

        var result = Console.IsInputRedirected ? await Script.PlayAsync(ada, grace, cable, Say) : await TypeAsync(ada, cable);
        await ada.SignOutAsync();
        return result;
    }

    private static async Task<int> TypeAsync(Chatter ada, CuttableTransport cable)
    {
        Say("You are ada in the channel \"harbour\". Type a line (grace answers questions), /drop, /flood or /quit.");
        while (await Task.Run(Console.ReadLine) is { } line && line != "/quit")
        {
            if (line == "/drop") cable.Cut();
            else if (line == "/flood") await Flood.RunAsync(ada, Say);
            else if (line.StartsWith('/')) Say("There is /drop, /flood and /quit.");
            else if (line.Length > 0) _ = SayAsync(ada, line);
        }

        return 0;
    }

    private static async Task SayAsync(Chatter chatter, string line)
    {
        try
        {
            await chatter.SayAsync(line);
        }
        catch (TaloException error)
        {
            Say($"! \"{line}\" was not sent: {error.Message}");
        }
    }

    private static Task AnswerAsync(Chatter grace) => SayAsync(grace, "aye, I am here");

    private static void Say(string text)
    {
        lock (Screen) Console.WriteLine(text);
    }
}
