using System.Buffers.Binary;
using System.Text;

namespace Crm.Bench.Circuits;

/// <summary>
/// As much of MessagePack (https://github.com/msgpack/msgpack/blob/master/spec.md) as SignalR's hub messages take, with the length
/// before each message that its binary protocol puts there.
/// </summary>
static class Pack
{
    /// <summary>A message of nulls, booleans, integers, texts and arrays; an empty map where the headers stand.</summary>
    public static byte[] Write(object?[] message)
    {
        using var body = new MemoryStream();
        Write(body, message);
        using var framed = new MemoryStream();
        for (var length = (uint)body.Length; ;)
        {
            var part = (byte)(length & 0x7F);
            if ((length >>= 7) > 0) framed.WriteByte((byte)(part | 0x80));
            else
            {
                framed.WriteByte(part);
                break;
            }
        }
        body.WriteTo(framed);
        return framed.ToArray();
    }

    /// <summary>Takes the whole messages at the beginning of what was received.</summary>
    /// <param name="taken">How many bytes they were.</param>
    public static List<object?[]> Read(ReadOnlyMemory<byte> received, out int taken)
    {
        var messages = new List<object?[]>();
        taken = 0;
        while (TryLength(received.Span[taken..], out var length, out var head) && taken + head + length <= received.Length)
        {
            var at = taken + head;
            messages.Add((object?[])Value(received, ref at)!);
            taken += head + length;
        }
        return messages;
    }

    private static bool TryLength(ReadOnlySpan<byte> from, out int length, out int head)
    {
        (length, head) = (0, 0);
        while (head < from.Length)
        {
            var part = from[head];
            length |= (part & 0x7F) << (7 * head++);
            if ((part & 0x80) == 0) return true;
        }
        return false;
    }

    private static void Write(MemoryStream to, object? value)
    {
        switch (value)
        {
            case null: to.WriteByte(0xC0); break;
            case bool flag: to.WriteByte(flag ? (byte)0xC3 : (byte)0xC2); break;
            case int or long: WriteLong(to, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)); break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                to.WriteByte(0xDB);
                WriteLength(to, bytes.Length);
                to.Write(bytes);
                break;
            case object?[] items:
                to.WriteByte(0xDD);
                WriteLength(to, items.Length);
                foreach (var item in items) Write(to, item);
                break;
            case NoHeaders: to.WriteByte(0x80); break;
            default: throw new NotSupportedException(value.GetType().Name);
        }
    }

    private static void WriteLong(MemoryStream to, long number)
    {
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = 0xD3;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], number);
        to.Write(bytes);
    }

    private static void WriteLength(MemoryStream to, int length)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        to.Write(bytes);
    }

    private static object? Value(ReadOnlyMemory<byte> from, ref int at)
    {
        var kind = from.Span[at++];
        switch (kind)
        {
            case <= 0x7F: return (long)kind;
            case >= 0xE0: return (long)(sbyte)kind;
            case <= 0x8F: return Map(from, ref at, kind & 0x0F);
            case <= 0x9F: return Items(from, ref at, kind & 0x0F);
            case <= 0xBF: return Text(from, ref at, kind & 0x1F);
            case 0xC0: return null;
            case 0xC2: return false;
            case 0xC3: return true;
            case 0xC4: return Bytes(from, ref at, (int)Number(from, ref at, 1));
            case 0xC5: return Bytes(from, ref at, (int)Number(from, ref at, 2));
            case 0xC6: return Bytes(from, ref at, (int)Number(from, ref at, 4));
            case 0xCC: return Number(from, ref at, 1);
            case 0xCD: return Number(from, ref at, 2);
            case 0xCE: return Number(from, ref at, 4);
            case 0xCF or 0xD3: return Number(from, ref at, 8);
            case 0xD0: return (long)(sbyte)Number(from, ref at, 1);
            case 0xD1: return (long)(short)Number(from, ref at, 2);
            case 0xD2: return (long)(int)Number(from, ref at, 4);
            case 0xD9: return Text(from, ref at, (int)Number(from, ref at, 1));
            case 0xDA: return Text(from, ref at, (int)Number(from, ref at, 2));
            case 0xDB: return Text(from, ref at, (int)Number(from, ref at, 4));
            case 0xDC: return Items(from, ref at, (int)Number(from, ref at, 2));
            case 0xDD: return Items(from, ref at, (int)Number(from, ref at, 4));
            default: throw new NotSupportedException($"MessagePack 0x{kind:X2}");
        }
    }

    private static long Number(ReadOnlyMemory<byte> from, ref int at, int bytes)
    {
        long number = 0;
        for (var end = at + bytes; at < end; at++) number = (number << 8) | from.Span[at];
        return number;
    }

    private static string Text(ReadOnlyMemory<byte> from, ref int at, int length) => Encoding.UTF8.GetString(Bytes(from, ref at, length).Span);

    private static ReadOnlyMemory<byte> Bytes(ReadOnlyMemory<byte> from, ref int at, int length) => from.Slice((at += length) - length, length);

    private static object?[] Items(ReadOnlyMemory<byte> from, ref int at, int count)
    {
        var items = new object?[count];
        for (var i = 0; i < count; i++) items[i] = Value(from, ref at);
        return items;
    }

    private static NoHeaders Map(ReadOnlyMemory<byte> from, ref int at, int count)
    {
        for (var i = 0; i < count * 2; i++) Value(from, ref at);
        return NoHeaders.Instance;
    }
}

/// <summary>The empty map that SignalR's messages carry where headers could stand.</summary>
sealed class NoHeaders
{
    public static readonly NoHeaders Instance = new();
}
