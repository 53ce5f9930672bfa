using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Web.Platform.Pdf;

/// <summary>
/// Writes PDF 1.7 objects to a stream, front to back: streams as they come, small objects packed together, then the
/// cross-reference. The same objects always give the same bytes.
/// </summary>
internal sealed class PdfWriter
{
    private const int ObjectsPerPack = 100;
    private const byte Free = 0, InFile = 1, InPack = 2;
    private readonly Stream output;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<(byte Kind, int Where, int Index)> entries = [(Free, 0, ushort.MaxValue)];
    private readonly List<(int Id, string Body)> small = [];
    private int position;

    public PdfWriter(Stream output)
    {
        this.output = output;
        Write("%PDF-1.7\n"u8);
        Write([(byte)'%', 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
    }

    /// <returns>An object number to be used before its object is written with <see cref="Put"/>.</returns>
    public int Reserve()
    {
        entries.Add(default);
        return entries.Count - 1;
    }

    public void Put(int id, string body) => small.Add((id, body));

    public int Add(string body)
    {
        var id = Reserve();
        Put(id, body);
        return id;
    }

    /// <param name="entries">The stream's dictionary without length and filter.</param>
    /// <param name="data">What the reader shall see; compressed here.</param>
    public int AddStream(string entries, ReadOnlySpan<byte> data) =>
        AddEncoded($"{entries} /Filter /FlateDecode", Compress(data));

    /// <param name="entries">The stream's dictionary without length, filter included.</param>
    /// <param name="data">Bytes that are already encoded.</param>
    public int AddEncoded(string entries, ReadOnlySpan<byte> data)
    {
        var id = Reserve();
        this.entries[id] = (InFile, position, 0);
        WriteStream(id, entries, data);
        return id;
    }

    public void Finish(int catalog, int info)
    {
        foreach (var pack in small.Chunk(ObjectsPerPack)) WritePack(pack);

        var id = Reserve();
        entries[id] = (InFile, position, 0);
        var table = new byte[entries.Count * 7];
        for (var i = 0; i < entries.Count; i++)
        {
            table[7 * i] = entries[i].Kind;
            BinaryPrimitives.WriteInt32BigEndian(table.AsSpan(7 * i + 1), entries[i].Where);
            BinaryPrimitives.WriteUInt16BigEndian(table.AsSpan(7 * i + 5), (ushort)entries[i].Index);
        }
        var start = position;
        var print = Convert.ToHexString(hash.GetCurrentHash().AsSpan(0, 16));
        WriteStream(id, $"/Type /XRef /Size {entries.Count} /W [1 4 2] /Root {catalog} 0 R /Info {info} 0 R /ID [<{print}> <{print}>] /Filter /FlateDecode", Compress(table));
        Write(Encoding.ASCII.GetBytes($"startxref\n{start}\n%%EOF\n"));
    }

    public static byte[] Compress(ReadOnlySpan<byte> data)
    {
        var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal)) zlib.Write(data);
        return compressed.ToArray();
    }

    private void WritePack((int Id, string Body)[] objects)
    {
        var (index, bodies) = (new StringBuilder(), new StringBuilder());
        foreach (var (id, body) in objects)
        {
            index.Append(id).Append(' ').Append(bodies.Length).Append(' ');
            bodies.Append(body).Append('\n');
        }
        var pack = AddStream($"/Type /ObjStm /N {objects.Length} /First {index.Length}", Encoding.ASCII.GetBytes($"{index}{bodies}"));
        for (var i = 0; i < objects.Length; i++) entries[objects[i].Id] = (InPack, pack, i);
    }

    private void WriteStream(int id, string dictionary, ReadOnlySpan<byte> data)
    {
        Write(Encoding.ASCII.GetBytes($"{id} 0 obj\n<< {dictionary} /Length {data.Length} >>\nstream\n"));
        Write(data);
        Write("\nendstream\nendobj\n"u8);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        hash.AppendData(bytes);
        position += bytes.Length;
    }
}
