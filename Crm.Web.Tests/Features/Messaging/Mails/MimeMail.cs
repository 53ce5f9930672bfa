using System.Text;
using System.Text.RegularExpressions;

namespace Crm.Web.Tests.Features.Messaging.Mails;

/// <summary>Just enough of a mail program to read what was sent: headers, encoded words, two parts.</summary>
sealed partial class MimeMail(ILookup<string, string> headers, IReadOnlyList<(string Type, string Content)> parts)
{
    public IReadOnlyList<(string Type, string Content)> Parts => parts;

    public bool Has(string name) => headers.Contains(name.ToLowerInvariant());

    public string Header(string name) => headers[name.ToLowerInvariant()].Single();

    public static MimeMail Read(string source)
    {
        var headers = HeadersOf(source, out var body);
        var boundary = Boundary().Match(headers["content-type"].Single()).Groups[1].Value;
        var parts = body.Split($"--{boundary}")[1..^1].Select(part =>
        {
            var of = HeadersOf(part.TrimStart('\r', '\n'), out var content);
            return (of["content-type"].Single().Split(';')[0], Decode(content, of["content-transfer-encoding"].Single()));
        });
        return new(headers, [.. parts]);
    }

    private static ILookup<string, string> HeadersOf(string source, out string body)
    {
        var end = source.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        body = source[(end + 4)..];
        return source[..end].Replace("\r\n ", " ").Replace("\r\n\t", " ").Split("\r\n").Select(line => line.Split(':', 2))
            .ToLookup(pair => pair[0].ToLowerInvariant(), pair => Words().Replace(pair[1].Trim(), ReadWord));
    }

    private static string ReadWord(Match word) => Encoding.UTF8.GetString(word.Groups[1].Value is "B" or "b"
        ? Convert.FromBase64String(word.Groups[2].Value)
        : Quoted(word.Groups[2].Value.Replace('_', ' ')));

    private static string Decode(string content, string encoding) => encoding switch
    {
        "quoted-printable" => Encoding.UTF8.GetString(Quoted(content.Replace("=\r\n", ""))),
        "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(content)),
        _ => content,
    };

    private static byte[] Quoted(string text)
    {
        var bytes = new List<byte>();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '=') bytes.Add(Convert.ToByte(text.Substring(at + 1, 2), 16));
            else bytes.Add((byte)text[at]);
            if (text[at] == '=') at += 2;
        }
        return [.. bytes];
    }

    [GeneratedRegex(@"=\?utf-8\?([BQbq])\?([^?]*)\?=(?:\s+(?==\?))?", RegexOptions.IgnoreCase)]
    private static partial Regex Words();

    [GeneratedRegex("boundary=\"?([^\";]+)")]
    private static partial Regex Boundary();
}
