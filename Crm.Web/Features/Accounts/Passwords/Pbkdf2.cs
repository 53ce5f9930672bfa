using System.Globalization;
using System.Security.Cryptography;

namespace Crm.Web.Features.Accounts.Passwords;

/// <summary>PBKDF2 with SHA-512, for machines without libsodium; part of the runtime, so it is always there.</summary>
static class Pbkdf2
{
    public const string Prefix = "$pbkdf2-sha512$";

    /// <summary>What OWASP asks of SHA-512.</summary>
    public const int Rounds = 210_000;

    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>What every hash of ours begins with.</summary>
    public static readonly string Parameters = string.Create(CultureInfo.InvariantCulture, $"{Prefix}i={Rounds}$");

    /// <summary>A new hash with a salt of its own, as a PHC string.</summary>
    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return $"{Parameters}{Encode(salt)}${Encode(Derive(password, salt, Rounds, HashBytes))}";
    }

    /// <summary>Whether the password made this hash; the hash names its own rounds.</summary>
    public static bool Verify(string encoded, string password)
    {
        if (encoded.Split('$') is not ["", "pbkdf2-sha512", ['i', '=', .. var count], var salt, var hash]) return false;
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) || rounds < 1) return false;
        return Decode(salt) is { } saltBytes && Decode(hash) is { Length: > 0 } wanted
            && CryptographicOperations.FixedTimeEquals(wanted, Derive(password, saltBytes, rounds, wanted.Length));
    }

    private static byte[] Derive(string password, byte[] salt, int rounds, int length) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA512, length);

    // PHC strings carry Base64 without padding.
    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var length) ? bytes[..length] : null;
    }
}
