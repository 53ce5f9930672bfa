namespace Crm.Web.Tests.Architecture;

/// <summary>Rule 8: no file grows beyond what one reads in a sitting.</summary>
public static class FileSizes
{
    public const int Code = 300;
    public const int Markup = 150;
    public const int Program = 60;

    /// <summary>Of sources that people write; migrations are generated.</summary>
    public static IEnumerable<string> Violations(IEnumerable<SourceFile> sources) =>
        from source in sources
        where !source.Path.Contains("/Migrations/", StringComparison.Ordinal)
        let most = source.Path.EndsWith("Crm.Web/Program.cs", StringComparison.Ordinal) ? Program
            : source.Path.EndsWith(".razor", StringComparison.Ordinal) ? Markup
            : source.Path.EndsWith(".cs", StringComparison.Ordinal) ? Code
            : int.MaxValue
        where source.Lines > most
        select $"{source.Path} has {source.Lines} lines; {most} are the limit.";
}
