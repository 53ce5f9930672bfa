using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Web.Features.Accounts.Passwords;

/// <summary>Argon2id by the system's libsodium; docs/decisions/0008-argon2-by-libsodium.md says why it is not a package.</summary>
public sealed class Argon2
{
    /// <summary>What every hash of ours begins with: 19 MiB, two passes, one lane.</summary>
    public const string Parameters = "$argon2id$v=19$m=19456,t=2,p=1$";

    /// <summary>What any Argon2id hash begins with, whatever its parameters.</summary>
    public const string Prefix = "$argon2id$";

    private const ulong Passes = 2;
    private const nuint MemoryBytes = 19 * 1024 * 1024;
    private const int EncodedLength = 128;
    private static readonly string[] Libraries = ["libsodium.so.23", "libsodium.so.26", "libsodium"];

    private readonly HashFunction hash;
    private readonly VerifyFunction verify;

    private Argon2(nint library)
    {
        hash = Function<HashFunction>(library, "crypto_pwhash_argon2id_str");
        verify = Function<VerifyFunction>(library, "crypto_pwhash_argon2id_str_verify");
    }

    private delegate int InitFunction();
    private delegate int HashFunction([Out] byte[] encoded, byte[] password, ulong passwordLength, ulong passes, nuint memoryBytes);
    private delegate int VerifyFunction(byte[] encoded, byte[] password, ulong passwordLength);

    /// <summary>Null where libsodium is not installed.</summary>
    public static Argon2? TryLoad()
    {
        foreach (var name in Libraries)
            if (NativeLibrary.TryLoad(name, out var library))
                return Function<InitFunction>(library, "sodium_init")() >= 0 ? new Argon2(library) : null;
        return null;
    }

    /// <summary>A new hash with a salt of its own, as a PHC string.</summary>
    public string Hash(string password)
    {
        var encoded = new byte[EncodedLength];
        var bytes = Encoding.UTF8.GetBytes(password);
        try
        {
            if (hash(encoded, bytes, (ulong)bytes.Length, Passes, MemoryBytes) != 0)
                throw new InvalidOperationException("libsodium could not hash a password: not enough memory.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
        return Encoding.ASCII.GetString(encoded.AsSpan(0, Array.IndexOf(encoded, (byte)0)));
    }

    /// <summary>Whether the password made this hash; the hash names its own parameters.</summary>
    public bool Verify(string encoded, string password)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        try
        {
            return verify(Encoding.ASCII.GetBytes(encoded + '\0'), bytes, (ulong)bytes.Length) == 0;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static T Function<T>(nint library, string name) where T : Delegate =>
        Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}
