using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Crm.Web.Features.Accounts.Bearer;

/// <summary>
/// JSON Web Signatures in their compact form (RFC 7515), with HS256 and nothing else: whatever algorithm a token asks for, it is
/// checked with this one or refused.
/// </summary>
static class Jws
{
    /// <summary>No token of ours comes near; a longer one is not looked at.</summary>
    public const int Longest = 4096;

    private const string Algorithm = "HS256";
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    /// <summary>Signs a payload.</summary>
    public static string Write(ReadOnlySpan<byte> payload, byte[] key)
    {
        var signed = $"{Header}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Sign(signed, key)}";
    }

    /// <summary>The payload of a token that this key signed, or null.</summary>
    public static byte[]? Read(string token, byte[] key)
    {
        if (token.Length > Longest || token.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))) return null;
        var parts = token.Split('.');
        if (parts.Length != 3) return null;

        // The signature is compared as it is written, so that there is one way only to write it.
        var expected = Encoding.ASCII.GetBytes(Sign(token[..token.LastIndexOf('.')], key));
        if (!CryptographicOperations.FixedTimeEquals(expected, Encoding.ASCII.GetBytes(parts[2]))) return null;
        return Decode(parts[0]) is { } header && IsOurs(header) ? Decode(parts[1]) : null;
    }

    private static string Sign(string text, byte[] key) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)));

    // "crit" would name rules that this reader does not know.
    private static bool IsOurs(byte[] header)
    {
        try
        {
            using var json = JsonDocument.Parse(header);
            return json.RootElement.ValueKind is JsonValueKind.Object
                && json.RootElement.TryGetProperty("alg", out var algorithm) && algorithm.ValueKind is JsonValueKind.String && algorithm.ValueEquals(Algorithm)
                && (!json.RootElement.TryGetProperty("typ", out var type) || type.ValueKind is JsonValueKind.String && type.ValueEquals("JWT"))
                && !json.RootElement.TryGetProperty("crit", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static byte[]? Decode(string part)
    {
        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
