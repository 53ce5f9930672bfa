using System.Collections.Concurrent;
using System.Reflection;
using HandlebarsDotNet;

namespace Crm.Web.Features.Messaging.Mails;

/// <summary>
/// The words of every mail: files Templates/LANGUAGE/NAME.html and NAME.txt, whose text begins with its subject. A language is added
/// by adding its files; what it lacks is said in English. Values are escaped in HTML.
/// </summary>
public sealed class MailTemplates
{
    public const string Fallback = "en";
    private const string SubjectMark = "Subject: ";
    private static readonly Assembly Home = typeof(MailTemplates).Assembly;

    private readonly IHandlebars html = Handlebars.Create(new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = true });
    private readonly IHandlebars text = Handlebars.Create(new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = true, NoEscape = true });
    private readonly ConcurrentDictionary<string, HandlebarsTemplate<object, object>?> compiled = new();

    public MailTemplates()
    {
        html.RegisterTemplate("button", Read("button.html")!);
    }

    /// <summary>The language that the words of a mail are in, for a reader of this one: "fr" for "fr-CA", English where there is none.</summary>
    public static string LanguageFor(string name, string wanted) =>
        new[] { wanted, wanted.Split('-')[0] }.FirstOrDefault(language => Home.GetManifestResourceInfo($"Mail/{language}/{name}.txt") is not null) ?? Fallback;

    /// <param name="language">One that <see cref="LanguageFor"/> gave.</param>
    /// <param name="values">What the template may name, beside <c>shop</c>, <c>address</c> and <c>home</c>.</param>
    public MailWords Render(string name, string language, IReadOnlyDictionary<string, object?> values)
    {
        var written = Run(text, $"{language}/{name}.txt", values);
        var end = written.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0 || !written.StartsWith(SubjectMark, StringComparison.Ordinal)) throw new InvalidOperationException($"The text of {name} does not begin with its subject.");
        var subject = written[SubjectMark.Length..end].Trim();
        var frame = new Dictionary<string, object?>(values) { ["subject"] = subject, ["language"] = language };
        frame["content"] = Run(html, $"{language}/{name}.html", frame);
        frame["footer"] = Run(text, FooterOf(language), frame).Trim();
        var plain = $"{written[(end + 1)..].Trim()}\n\n-- \n{frame["footer"]}\n";
        return new MailWords(subject, Run(html, "layout.html", frame), plain.ReplaceLineEndings("\r\n"));
    }

    private static string FooterOf(string language) => $"{LanguageFor("footer", language)}/footer.txt";

    private string Run(IHandlebars with, string path, IReadOnlyDictionary<string, object?> values) =>
        (compiled.GetOrAdd(path, p => Read(p) is { } source ? with.Compile(source) : null)
            ?? throw new InvalidOperationException($"There is no template {path}."))(values);

    private static string? Read(string path)
    {
        using var file = Home.GetManifestResourceStream($"Mail/{path}");
        return file is null ? null : new StreamReader(file).ReadToEnd().ReplaceLineEndings("\n");
    }
}

/// <summary>A mail's subject and both its bodies.</summary>
public sealed record MailWords(string Subject, string Html, string Text);
