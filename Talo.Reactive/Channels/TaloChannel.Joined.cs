using System;

namespace Talo.Reactive;

public sealed partial class TaloChannel
{
    /// <summary>
    /// Being a member of the channel for as long as somebody observes this: joins with the first observer, leaves
    /// <see cref="ChannelMembershipOptions.LeaveGrace"/> (5 s) after the last. Tells the channel as it was joined, then each
    /// change of it.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Cold, and shared between all observers of the channel, whichever <see cref="TaloChannels.In"/> they come from; a later
    /// one hears the current channel at once. On the socket's thread or the scheduler. Needs a player, and the scope
    /// <c>write:gameChannels</c>; changes are heard with <c>read:gameChannels</c>. Where membership is temporary, the client
    /// joins again when the connection broke, and tells the channel again.
    /// </para>
    /// <para>
    /// Completes when the channel is deleted, when the player leaves it (<see cref="TaloChannels.LeaveAsync"/>, here or on
    /// another device), when the game plays as somebody else, and when the client is disposed; the last two leave nothing.
    /// Fails with a <see cref="TaloException"/> when no player is known, when the server refuses for good (no such channel, a
    /// private one), and when a temporary membership is lost. Trouble that passes is waited out.
    /// </para>
    /// <para>
    /// Leaving ends a membership of before as well, and deletes an auto-cleanup channel whose owner or last member the player
    /// is. For a membership that lasts, call <see cref="TaloChannels.JoinAsync"/>: when it is called while this is observed,
    /// the end of this does not leave.
    /// </para>
    /// <para><c>POST /v1/game-channels/:id/join</c> and <c>/leave</c>, behind the game's own calls.</para>
    /// </remarks>
    public IObservable<Channel> Joined() => channels.Joined(Id);
}
