using CsvHelper;

namespace Crm.Web.Platform.Csv;

/// <summary>Writes rows as they come from the database to a CSV that Excel opens rightly: UTF-8 with BOM, CRLF, no live formulas.</summary>
public static class CsvExport
{
    private static readonly CsvWriterOptions Format = new() { NewLine = "\r\n", WriteByteOrderMark = true };

    /// <summary>Programs stumble over the mark that Excel looks for.</summary>
    private static readonly CsvWriterOptions Unmarked = new() { NewLine = "\r\n" };

    /// <summary>Streams; holds one row in memory. The stream stays open.</summary>
    public static Task WriteAsync<T>(Stream output, IReadOnlyList<CsvColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken ct) => WriteAsync(output, Format, columns, rows, ct);

    private static async Task WriteAsync<T>(Stream output, CsvWriterOptions format, IReadOnlyList<CsvColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken ct)
    {
        await using var csv = CsvWriter.Create(output, format, leaveOpen: true);
        foreach (var column in columns) csv.WriteField(column.Header);
        await csv.EndRecordAsync(ct);
        await foreach (var row in rows.WithCancellation(ct))
        {
            foreach (var column in columns)
            {
                var cell = column.Text(row) ?? "";
                csv.WriteField(column.IsNumber ? cell : FormulaGuard.Defuse(cell));
            }
            await csv.EndRecordAsync(ct);
        }
        await csv.FlushAsync(ct);
    }

    /// <summary>An answer that downloads such a file.</summary>
    /// <param name="fileName">ASCII, ending in .csv.</param>
    public static IResult Download<T>(string fileName, IReadOnlyList<CsvColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken ct) =>
        Microsoft.AspNetCore.Http.Results.Stream(output => WriteAsync(output, columns, rows, ct), "text/csv; charset=utf-8", fileName);

    /// <summary>The same for a program, which reads the first column's name at the very beginning.</summary>
    public static IResult Plain<T>(string fileName, IReadOnlyList<CsvColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken ct) =>
        Microsoft.AspNetCore.Http.Results.Stream(output => WriteAsync(output, Unmarked, columns, rows, ct), "text/csv", fileName);
}
