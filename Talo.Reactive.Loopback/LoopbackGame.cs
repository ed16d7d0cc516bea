using System;
using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback;

/// <summary>
/// A game of the server, with what its owner can do in Talo's dashboard. Players, channels and access keys belong to one game.
/// All members may be called from any thread.
/// </summary>
public sealed class LoopbackGame
{
    private readonly World world;
    private readonly Game game;

    internal LoopbackGame(World world, Game game)
    {
        this.world = world;
        this.game = game;
    }

    /// <summary>An access key with the given scopes, or with full access when none is given.</summary>
    /// <exception cref="ArgumentException">Talo has no such scope; the message lists those that it has.</exception>
    public string CreateAccessKey(params string[] scopes)
    {
        using var change = world.Begin();
        return world.AccessKeys.Issue(game, scopes.Length == 0 ? ["*"] : [.. scopes], change.Now);
    }

    /// <summary>
    /// Revokes an access key: its sockets are closed with 3000, its tickets are void, its HTTP calls get 401. Unknown keys are
    /// ignored.
    /// </summary>
    public void RevokeAccessKey(string accessKey)
    {
        using var change = world.Begin();
        if (world.AccessKeys.Find(accessKey).Key is not { } key)
            return;
        key.IsRevoked = true;
        foreach (var connection in world.Connections.All.Where(connection => connection.Key == key).ToList())
            connection.Close(3000, "");
    }

    /// <summary>
    /// Adds a verification key and switches request verification on: signatures are asked for by HTTP at once, by sockets that
    /// connect from now on.
    /// </summary>
    public void EnableVerification(string version, string value)
    {
        using var change = world.Begin();
        game.VerificationKeys[version] = value;
        game.VerifyRequests = true;
    }

    /// <summary>Adds a verification key, or replaces the one of that version, without switching anything on or off.</summary>
    public void AddVerificationKey(string version, string value)
    {
        using var change = world.Begin();
        game.VerificationKeys[version] = value;
    }

    /// <summary>Removes a verification key: what is signed with it is refused from now on. Unknown versions are ignored.</summary>
    public void RemoveVerificationKey(string version)
    {
        using var change = world.Begin();
        game.VerificationKeys.Remove(version);
    }

    /// <summary>Switches request verification off; open sockets keep what they connected with.</summary>
    public void DisableVerification()
    {
        using var change = world.Begin();
        game.VerifyRequests = false;
    }

    /// <summary>
    /// Saves props of the live config as the dashboard does: those given are set, or removed where the value is null, the others
    /// stay, and every socket of the game whose key may read the config is told the whole of it. Several props whose key ends in
    /// <c>[]</c> form an array.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// A key starts with <c>META_</c>, or is too long, or a value is: nothing was saved.
    /// </exception>
    public void SetLiveConfig(params (string Key, string? Value)[] props)
    {
        using var change = world.Begin();
        LiveConfig.Save(change, game, [.. props.Select(prop => new PropChange(prop.Key, prop.Value))]);
    }

    /// <summary>
    /// Makes a channel as the dashboard does. The owner, if one is given, becomes a member and is told so by a
    /// <c>v1.channels.player-joined</c> that names nobody.
    /// </summary>
    /// <returns>The id of the channel.</returns>
    /// <exception cref="ArgumentException">There is no name, no such alias, or Talo would not save it: nothing was made.</exception>
    public int CreateChannel(LoopbackChannel channel)
    {
        using var change = world.Begin();
        return DashboardChannels.Create(change, game, channel).Id;
    }

    /// <summary>Edits a channel as the dashboard does: what a game's own update does, without being its owner.</summary>
    /// <exception cref="ArgumentException">There is no such channel or alias, or Talo would not save it: nothing was changed.</exception>
    public void UpdateChannel(int channelId, LoopbackChannel changes)
    {
        using var change = world.Begin();
        DashboardChannels.Update(change, game, channelId, changes);
    }

    /// <summary>Deletes a channel as the dashboard does: its members hear <c>v1.channels.deleted</c>.</summary>
    /// <exception cref="ArgumentException">There is no such channel.</exception>
    public void DeleteChannel(int channelId)
    {
        using var change = world.Begin();
        DashboardChannels.Delete(change, game, channelId);
    }

    /// <summary>
    /// The mails with codes that were sent to players of the game, the oldest first; the last thousand are kept.
    /// </summary>
    public IReadOnlyList<LoopbackMail> Mails
    {
        get
        {
            using var reading = world.Peek();
            return [.. game.MailedCodes.Sent];
        }
    }

    /// <summary>The last mail to an address, or the last one of a kind; null when there was none.</summary>
    public LoopbackMail? LatestMail(string email, LoopbackMailKind? kind = null) =>
        Mails.LastOrDefault(mail =>
            mail.To.Equals(email.Trim(), StringComparison.OrdinalIgnoreCase) && (kind is null || mail.Kind == kind));

    /// <summary>Names the player prop that is shown as <c>displayName</c>; null or empty for the identifier.</summary>
    public void SetDisplayNameProp(string? key)
    {
        using var change = world.Begin();
        game.DisplayNameProp = string.IsNullOrEmpty(key) ? null : key;
    }
}
