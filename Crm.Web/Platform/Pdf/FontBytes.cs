using System.Buffers.Binary;

namespace Crm.Web.Platform.Pdf;

/// <summary>A place inside a font file, read big-endian as OpenType writes everything.</summary>
internal readonly record struct FontBytes(byte[] Data, int Start)
{
    public ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(Data.AsSpan(Start + at));

    public short S16(int at) => BinaryPrimitives.ReadInt16BigEndian(Data.AsSpan(Start + at));

    public uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(Data.AsSpan(Start + at));

    public FontBytes At(int offset) => this with { Start = Start + offset };

    public ReadOnlySpan<byte> Span(int offset, int length) => Data.AsSpan(Start + offset, length);
}
