using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Web.Features.Accounts.Tokens;

/// <summary>256 random bits as text, for an address, a header or a cookie; only the hash of them is stored.</summary>
static class SecretToken
{
    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>SHA-256, without salt: nobody guesses 256 random bits.</summary>
    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Whether it could be one.</summary>
    public static bool IsWhole(string secret) => Base64Url.IsValid(secret, out var length) && length == Bytes;
}
