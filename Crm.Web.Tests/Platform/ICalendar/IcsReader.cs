using System.Text;

namespace Crm.Web.Tests.Platform.ICalendar;

/// <summary>One property of a calendar, as a reader that shares nothing with the writer takes it in.</summary>
sealed record IcsLine(string Name, string Parameters, string Value)
{
    /// <summary>The value as words.</summary>
    public string Text
    {
        get
        {
            var words = new StringBuilder();
            for (var i = 0; i < Value.Length; i++)
                words.Append(Value[i] != '\\' ? Value[i] : Value[++i] switch { 'n' or 'N' => '\n', var c => c });
            return words.ToString();
        }
    }
}

/// <summary>A component: its properties and those inside it.</summary>
sealed record IcsPart(string Name, List<IcsLine> Lines, List<IcsPart> Parts)
{
    public string? this[string name] => Lines.SingleOrDefault(l => l.Name == name)?.Value;

    public string? Text(string name) => Lines.SingleOrDefault(l => l.Name == name)?.Text;

    public List<IcsPart> All(string name) => [.. Parts.Where(p => p.Name == name)];

    /// <summary>Reads RFC 5545 and is strict about it: CRLF, 75 octets, whole characters on each line, everything closed.</summary>
    public static IcsPart Read(string text)
    {
        Assert.EndsWith("\r\n", text);
        var raw = text[..^2].Split("\r\n");
        foreach (var line in raw)
        {
            Assert.DoesNotContain('\n', line);
            Assert.DoesNotContain('\r', line);
            Assert.InRange(Encoding.UTF8.GetByteCount(line), 1, 75);
            Assert.True(line.EnumerateRunes().All(r => r != Rune.ReplacementChar) && !char.IsLowSurrogate(line[0]) && !char.IsHighSurrogate(line[^1]));
        }
        var unfolded = new List<string>();
        foreach (var line in raw)
            if (line[0] is ' ' or '\t') unfolded[^1] += line[1..];
            else unfolded.Add(line);

        var open = new Stack<IcsPart>([new IcsPart("", [], [])]);
        foreach (var line in unfolded.Select(Split))
        {
            if (line.Name == "BEGIN") open.Push(new IcsPart(line.Value, [], []));
            else if (line.Name == "END")
            {
                var done = open.Pop();
                Assert.Equal(done.Name, line.Value);
                open.Peek().Parts.Add(done);
            }
            else open.Peek().Lines.Add(line);
        }
        return Assert.Single(Assert.Single(open).Parts);
    }

    private static IcsLine Split(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var head = line[..colon];
        var semicolon = head.IndexOf(';', StringComparison.Ordinal);
        return semicolon < 0 ? new IcsLine(head, "", line[(colon + 1)..]) : new IcsLine(head[..semicolon], head[(semicolon + 1)..], line[(colon + 1)..]);
    }
}
