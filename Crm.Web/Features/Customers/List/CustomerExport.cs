using System.Globalization;
using System.Runtime.CompilerServices;
using Crm.Data;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Csv;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers.List;

/// <summary>A download of the list; its rows are read while they are written, nothing is kept in memory.</summary>
public sealed class CustomerFile(IReadOnlyList<CsvColumn<CustomerRow>> columns, IAsyncEnumerable<CustomerRow> rows)
{
    /// <summary>Writes the file; the stream stays open.</summary>
    public Task WriteAsync(Stream output, CancellationToken ct) => CsvExport.WriteAsync(output, columns, rows, ct);

    /// <summary>The answer that downloads it.</summary>
    /// <param name="fileName">ASCII, ending in .csv.</param>
    public IResult Download(string fileName, CancellationToken ct) => CsvExport.Download(fileName, columns, rows, ct);
}

/// <summary>
/// The list as a CSV: the customers and the order that the screen shows, all of them. All is read as it stood at one moment, so
/// that nobody is missed or told twice who moves within the list while the file is being written.
/// </summary>
public sealed class CustomerExport(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop)
{
    /// <summary>The file, or a refusal before its first byte, for whoever sees customers and may take lists out of the shop.</summary>
    public Result<CustomerFile> Open(CustomerListQuery query, CancellationToken ct) =>
        (actor.UnlessMay(Permission.SeeCustomers) ?? actor.UnlessMay(Permission.Export)) is { } refusal ? refusal : new CustomerFile(Columns, ReadAsync(query, ct));

    private async IAsyncEnumerable<CustomerRow> ReadAsync(CustomerListQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var moment = await db.BeginReadAsync(ct);
        var customers = await CustomerFilters.ApplyAsync(db, query, shop, ct);
        foreach (var part in CustomerListing.Parts(customers, query.Sort, query.Descending, cursor: null, backwards: false))
        {
            await foreach (var row in part.AsAsyncEnumerable().WithCancellation(ct)) yield return row;
        }
    }

    private CsvColumn<CustomerRow>[] Columns =>
    [
        new("Number", row => CustomerName.Number(row.Number)),
        new("First name", row => row.FirstName),
        new("Last name", row => row.LastName),
        new("E-mail", row => row.Email),
        new("Phone", row => row.Phone),
        new("City", row => row.City),
        new("Tier", row => row.TierName),
        new("Points", row => Whole(row.Points), IsNumber: true),
        new("Orders", row => Whole(row.OrderCount), IsNumber: true),
        new("Spent", row => new Money(row.SpentMinor).Major.ToString("0.00", CultureInfo.InvariantCulture), IsNumber: true),
        new("Currency", row => shop.CurrencyOf(row.Origin).Code),
        new("Last visit", row => Day(row.LastOrderAt)),
        new("Joined", row => Day(row.JoinedAt)),
        new("Verified", row => YesNo(row.IsVerified)),
        new("Active", row => YesNo(row.IsActive)),
        new("Account", row => YesNo(row.HasAccount)),
    ];

    private string? Day(DateTime? at) => at is { } instant ? shop.DayOf(instant).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string YesNo(bool value) => value ? "yes" : "no";
}
