using System.Text.Json;
using Crm.Data;
using Crm.Data.Settings;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Settings.Pipeline;

/// <summary>The clocks and chances of the lead board, for whoever may change the shop's settings; every screen follows at once.</summary>
public sealed class PipelineService(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop)
{
    private const string Overtaken = "Somebody else changed these rules a moment ago. Look at them again.";

    /// <summary>As they stand, with the version that a save has to know.</summary>
    public async Task<Result<PipelineForm>> ReadAsync(CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ManageSettings) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.Settings.AsNoTracking().SingleOrDefaultAsync(s => s.Key == SettingKeys.Pipeline, ct);
        return PipelineForm.Of(row is null ? new PipelineSettings() : JsonSerializer.Deserialize<PipelineSettings>(row.Json)!, row?.Version);
    }

    /// <summary>Saves them.</summary>
    /// <returns>Done, every field's complaint, or <see cref="ConflictError"/> when somebody else saved since they were read.</returns>
    public async Task<Result<Done>> SaveAsync(PipelineForm form, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ManageSettings) is { } refusal) return refusal;
        if (form.Complaint() is { } complaint) return complaint;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.Settings.SingleOrDefaultAsync(s => s.Key == SettingKeys.Pipeline, ct);
        if (row?.Version != form.Version) return new ConflictError(Overtaken);
        if (row is null) db.Settings.Add(row = new Setting { Key = SettingKeys.Pipeline, Json = "" });
        row.Json = JsonSerializer.Serialize(form.ToSettings());
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException lost) when (lost is DbUpdateConcurrencyException || CrmDatabase.IsUniqueViolation(lost))
        {
            return new ConflictError(Overtaken);
        }
        await shop.LoadAsync(ct);
        return default(Done);
    }
}
