using System.Globalization;
using System.Runtime.CompilerServices;
using Crm.Data;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Csv;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Api;

/// <summary>Leads as a file for a program: the columns that it knows, instants in UTC.</summary>
public sealed class LeadFile(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, LeadLists lists, Shop shop)
{
    /// <summary>Named as the file's readers know them; the currency is the shop's.</summary>
    public IReadOnlyList<CsvColumn<LeadExportRow>> Columns { get; } =
    [
        new("ID", r => r.Id.ToString()),
        new("Name", r => r.Name),
        new("Company", r => r.Company),
        new("Email", r => r.Email),
        new("Phone", r => r.Phone),
        new("Status", r => LeadWords.Of(r.Status)),
        new("Priority", r => LeadWords.Of(r.Priority)),
        new("Source", r => r.Source),
        new("Owner", r => r.Owner ?? "N/A"),
        new($"Estimated Value ({shop.Settings.Currency})", r => r.ValueMinor == 0 ? "0" : LeadWire.Amount(r.ValueMinor), IsNumber: true),
        new("Description", r => r.Description),
        new("Created Date", r => Time(r.CreatedAt)),
        new("Last Updated", r => Time(r.UpdatedAt)),
    ];

    /// <summary>The rows, newest first, or the refusal for somebody who may not take lists out of the shop.</summary>
    public Result<IAsyncEnumerable<LeadExportRow>> Rows(LeadListFilter filter, CancellationToken ct) =>
        actor.UnlessMay(Permission.Export) is { } refusal ? refusal : Result.Of(ReadAsync(filter, ct));

    private async IAsyncEnumerable<LeadExportRow> ReadAsync(LeadListFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = lists.Where(db, filter, null).OrderByDescending(l => l.CreatedAt).ThenByDescending(l => l.Id).Select(l => new LeadExportRow(
            l.Id, l.Number, l.Name, l.Company, l.Email, l.Phone, l.Status, l.Priority, l.Source,
            db.Users.Where(u => u.Id == l.OwnerId).Select(u => u.UserName).FirstOrDefault(), l.ValueMinor, l.Description, l.CreatedAt, l.UpdatedAt));
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(ct)) yield return row;
    }

    private static string Time(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
