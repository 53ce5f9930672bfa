namespace Crm.Data.Seed;

/// <summary>Reads the lists that the demo shop is made of: semicolons between cells, no quotes, one heading line.</summary>
static class SeedRows
{
    public static List<string[]> Read(string file)
    {
        using var stream = typeof(SeedRows).Assembly.GetManifestResourceStream($"seed/{file}")
            ?? throw new InvalidOperationException($"The demo list {file} is not part of the build.");
        using var reader = new StreamReader(stream);
        var rows = new List<string[]>();
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
            if (line.Length > 0) rows.Add(line.Split(';'));
        return rows;
    }

    /// <summary>The words of a cell that holds several.</summary>
    public static string[] Words(string cell) => cell.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
