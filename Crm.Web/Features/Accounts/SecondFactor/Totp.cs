using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Web.Features.Accounts.SecondFactor;

/// <summary>The codes of authenticator apps: RFC 6238 with SHA-1, half a minute and six digits, which is all that many apps know.</summary>
static class Totp
{
    public const int Digits = 6;

    private const int StepSeconds = 30;

    /// <summary>The step that an instant falls into.</summary>
    public static long StepAt(DateTime utc) => (long)(utc - DateTime.UnixEpoch).TotalSeconds / StepSeconds;

    /// <summary>The code of a step.</summary>
    public static string Code(byte[] key, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 as the apps speak it; HMAC does not need a hash without collisions
        HMACSHA1.HashData(key, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & int.MaxValue;
        return (number % (long)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>
    /// The step that a code belongs to, one earlier and one later than now included, since clocks differ; null for none. Looks at all
    /// three in the same time.
    /// </summary>
    public static long? StepOf(byte[] key, string code, DateTime utc)
    {
        long? found = null;
        var typed = Encoding.ASCII.GetBytes(code);
        for (var step = StepAt(utc) - 1; step <= StepAt(utc) + 1; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(key, step)), typed)) found = step;
        return found;
    }
}
