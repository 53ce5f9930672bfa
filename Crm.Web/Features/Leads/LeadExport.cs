using System.Globalization;
using System.Runtime.CompilerServices;
using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Csv;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads;

/// <summary>A lead as a line of the export.</summary>
public sealed record LeadExportRow(
    Guid Id, long Number, string Name, string? Company, string? Email, string? Phone, LeadStatus Status, LeadPriority Priority, string? Source,
    string? Owner, long ValueMinor, string? Description, DateTime CreatedAt, DateTime UpdatedAt);

/// <summary>Hands out the leads that are on screen as a file, row by row as the database gives them.</summary>
public sealed class LeadExport(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop)
{
    /// <summary>The columns; times are the shop's.</summary>
    public IReadOnlyList<CsvColumn<LeadExportRow>> Columns { get; } =
    [
        new("ID", r => r.Id.ToString()),
        new("Number", r => $"L-{r.Number}"),
        new("Name", r => r.Name),
        new("Company", r => r.Company),
        new("Email", r => r.Email),
        new("Phone", r => r.Phone),
        new("Status", r => LeadWords.Of(r.Status)),
        new("Priority", r => LeadWords.Of(r.Priority)),
        new("Source", r => r.Source),
        new("Owner", r => r.Owner ?? "N/A"),
        new($"Estimated Value ({shop.Settings.Currency})", r => r.ValueMinor == 0 ? "0" : new Money(r.ValueMinor).Major.ToString("0.00", CultureInfo.InvariantCulture), IsNumber: true),
        new("Description", r => r.Description),
        new("Created Date", r => Time(shop, r.CreatedAt)),
        new("Last Updated", r => Time(shop, r.UpdatedAt)),
    ];

    /// <summary>The rows in the order of the board, or the refusal for somebody who may not take lists out of the shop.</summary>
    public Result<IAsyncEnumerable<LeadExportRow>> Rows(LeadFilter filter, CancellationToken ct) =>
        actor.UnlessMay(Permission.Export) is { } refusal ? refusal : Result.Of(ReadAsync(filter, ct));

    private async IAsyncEnumerable<LeadExportRow> ReadAsync(LeadFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var leads = await LeadFiltering.ApplyAsync(db, filter, actor, LeadMoment.Of(shop), ct);
        var rows = leads.OrderBy(l => l.Number).Select(l => new LeadExportRow(
            l.Id, l.Number, l.Name, l.Company, l.Email, l.Phone, l.Status, l.Priority, l.Source,
            db.Users.Where(u => u.Id == l.OwnerId).Select(u => u.FirstName + " " + u.LastName).FirstOrDefault(), l.ValueMinor, l.Description, l.CreatedAt, l.UpdatedAt));
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(ct)) yield return row;
    }

    private static string Time(Shop shop, DateTime utc) => shop.ToLocal(utc).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
