using System.Buffers.Binary;

namespace Crm.Data.Seed;

/// <summary>Gives ids of version 7 that say when the row came to be, as the real ones do, but with a count in place of random bits.</summary>
sealed class SeedIds
{
    private const ulong Variant = 0x8000_0000_0000_0000;
    private ulong count;

    public Guid At(DateTime utc)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond << 16);
        bytes[6] = 0x70;
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Variant | ++count);
        return new Guid(bytes, bigEndian: true);
    }
}
