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
    /// <exception cref="System.ArgumentException">Talo has no such scope; the message lists those that it has.</exception>
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

    /// <summary>Adds a further verification key, or gives one another value, without switching verification on.</summary>
    public void AddVerificationKey(string version, string value)
    {
        using var change = world.Begin();
        game.VerificationKeys[version] = value;
    }

    /// <summary>Takes a verification key away: what it signs is refused from now on. Unknown versions are ignored.</summary>
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
    /// Saves live config: the keys given are set, those with a null value deleted, the others kept. Every socket of the game whose
    /// key has <c>read:gameConfig</c> is told, identified or not.
    /// </summary>
    /// <exception cref="System.ArgumentException">A key starts with <c>META_</c> or a key or value is too long.</exception>
    public void SetLiveConfig(params (string Key, string? Value)[] props)
    {
        using var change = world.Begin();
        LiveConfig.Save(change, game, [.. props.Select(prop => new PropChange(prop.Key, prop.Value))]);
    }

    /// <summary>
    /// Makes a channel. Its owner, if it has one, is a member and gets <c>v1.channels.player-joined</c> without a player alias.
    /// Returns the id of the channel.
    /// </summary>
    /// <exception cref="System.ArgumentException">There is no such alias, or the name or a prop is too long.</exception>
    public int CreateChannel(LoopbackChannel channel)
    {
        using var change = world.Begin();
        return OwnedChannels.Create(change, game, channel).Id;
    }

    /// <summary>Edits a channel, with the events that its players would get if its owner did.</summary>
    /// <exception cref="System.ArgumentException">There is no such channel or alias, or the name or a prop is too long.</exception>
    public void UpdateChannel(int channelId, LoopbackChannel changes)
    {
        using var change = world.Begin();
        OwnedChannels.Update(change, game, channelId, changes);
    }

    /// <summary>Deletes a channel; its members get <c>v1.channels.deleted</c>.</summary>
    /// <exception cref="System.ArgumentException">There is no such channel.</exception>
    public void DeleteChannel(int channelId)
    {
        using var change = world.Begin();
        OwnedChannels.Delete(change, game, channelId);
    }

    /// <summary>The mails that the players of this game would have got, the oldest first.</summary>
    public IReadOnlyList<LoopbackMail> Mails
    {
        get
        {
            using var reading = world.Peek();
            return [.. game.Mails];
        }
    }

    /// <summary>Names the player prop that is shown as <c>displayName</c>; null for the identifier.</summary>
    public void SetDisplayNameProp(string? key)
    {
        using var change = world.Begin();
        game.DisplayNameProp = key;
    }
}
