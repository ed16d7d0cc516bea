using System.Security.Cryptography;

namespace Talo.Reactive.Loopback.State;

/// <summary>
/// A password that can be compared but not read. Far fewer rounds than a real server needs: tests sign in a lot.
/// </summary>
internal sealed class PasswordHash
{
    private const int Rounds = 100;

    private readonly byte[] salt = RandomNumberGenerator.GetBytes(16);
    private readonly byte[] hash;

    public PasswordHash(string password) => hash = Hash(password);

    public bool Matches(string password) => CryptographicOperations.FixedTimeEquals(hash, Hash(password));

    private byte[] Hash(string password) => Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA256, 32);
}
