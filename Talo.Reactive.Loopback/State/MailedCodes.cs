using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;

namespace Talo.Reactive.Loopback.State;

/// <summary>The codes that are mailed to the players of a game. Each can be used once.</summary>
internal sealed class MailedCodes
{
    public static readonly TimeSpan VerificationLifetime = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromMinutes(15);

    /// <summary>How many mails are kept to be looked at.</summary>
    private const int MaxMails = 1_000;

    private readonly Dictionary<int, (string Code, DateTimeOffset Expires)> verifications = [];
    private readonly Dictionary<string, (Player Player, DateTimeOffset Expires)> resets = [];
    private readonly Queue<LoopbackMail> sent = [];

    /// <summary>The oldest one first.</summary>
    public IReadOnlyCollection<LoopbackMail> Sent => sent;

    /// <summary>A code for signing in, which replaces the one before.</summary>
    public void SendVerification(PlayerAlias alias, string email, DateTimeOffset now)
    {
        var code = NewCode();
        verifications[alias.Id] = (code, now + VerificationLifetime);
        Send(new(email, LoopbackMailKind.Verification, code, now));
    }

    /// <summary>A code for a new password; those before stay good.</summary>
    public void SendReset(Player player, string email, DateTimeOffset now)
    {
        foreach (var (old, _) in resets.Where(reset => reset.Value.Expires <= now).ToList())
            resets.Remove(old);
        var code = NewCode();
        resets[code] = (player, now + ResetLifetime);
        Send(new(email, LoopbackMailKind.PasswordReset, code, now));
    }

    public bool TryVerify(PlayerAlias alias, string code, DateTimeOffset now)
    {
        if (!verifications.TryGetValue(alias.Id, out var mailed) || mailed.Code != code || now >= mailed.Expires)
            return false;
        return verifications.Remove(alias.Id);
    }

    /// <summary>The player whose password the code resets; null when it is not good for that.</summary>
    public Player? RedeemReset(string code, DateTimeOffset now) =>
        resets.Remove(code, out var reset) && now < reset.Expires ? reset.Player : null;

    private static string NewCode() => RandomNumberGenerator.GetInt32(100_000, 1_000_000).ToString(CultureInfo.InvariantCulture);

    private void Send(LoopbackMail mail)
    {
        if (sent.Count == MaxMails)
            sent.Dequeue();
        sent.Enqueue(mail);
    }
}
