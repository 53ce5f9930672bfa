using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Leads;
using Crm.Web.Features.Leads.Tags;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.List;

/// <summary>
/// Changes one cell of the list: the same commands as the panel's, so the same checks, joins and clashes; what was done can be taken back.
/// </summary>
public sealed class LeadCells(LeadService leads, LeadMoves moves, LeadWork work, IDbContextFactory<CrmDbContext> contexts, CurrentActor actor)
{
    /// <summary>Saves one field that was seen as <paramref name="seen"/>; a colleague's change of it meanwhile is a clash, of any other field is kept.</summary>
    /// <returns>The change id, or what <see cref="LeadService.EditAsync"/> refuses.</returns>
    public async Task<Result<Guid>> EditAsync(Guid leadId, LeadEdit seen, LeadEdit edit, CancellationToken ct) =>
        (await leads.EditAsync(leadId, seen, edit, ct)).Failed(out var refusal, out _) ? refusal : await LastAsync(leadId, ct);

    /// <summary>Moves it to another stage, on top of its column; a loss says why.</summary>
    /// <returns>The change id, or what <see cref="LeadMoves"/> refuses.</returns>
    public async Task<Result<Guid>> MoveAsync(Guid leadId, LeadStatus to, LostReason? reason, string? note, CancellationToken ct)
    {
        var moved = to is LeadStatus.Lost && reason is { } why ? await moves.LoseAsync(leadId, why, note, LeadPlace.Top, ct) : await moves.MoveAsync(leadId, to, LeadPlace.Top, ct);
        return moved.Failed(out var refusal, out _) ? refusal : await LastAsync(leadId, ct);
    }

    /// <summary>Adds and removes tags, so that of those that were seen the wanted ones stay; what others added meanwhile stays too.</summary>
    /// <returns>The change id, or a complaint.</returns>
    public Task<Result<Guid>> TagAsync(Guid leadId, IReadOnlyCollection<string> seen, IReadOnlyCollection<string> wanted, CancellationToken ct) => work.OnAsync<Guid>(leadId, async (db, _) =>
    {
        var names = wanted.Select(LeadTags.Tidy).OfType<string>().Distinct().ToList();
        if (names.Select(LeadTags.TooLong).OfType<string>().FirstOrDefault() is { } tooLong) return new InvalidError("Tags", tooLong);
        var held = await db.LeadTags.Where(t => t.LeadId == leadId).ToListAsync(ct);
        var gone = held.Where(t => seen.Contains(t.Name) && !names.Contains(t.Name)).ToList();
        var added = names.Where(n => held.All(t => t.Name != n)).ToList();
        if (added.Count > 0 && held.Count - gone.Count + added.Count > LeadTags.Most) return new InvalidError("Tags", LeadTags.TooMany);
        db.LeadTags.RemoveRange(gone);
        db.LeadTags.AddRange(added.Select(n => new LeadTag { LeadId = leadId, Name = n }));
        return db.ChangeId!.Value;
    }, ct);

    // The newest change of this lead by whoever acts is the one that was just saved.
    private async Task<Result<Guid>> LastAsync(Guid leadId, CancellationToken ct)
    {
        var me = actor.UserId;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.AuditEntries.AsNoTracking().Where(a => a.EntityType == nameof(Lead) && a.EntityId == leadId && a.Action == AuditAction.Updated && a.ActorId == me)
            .OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Select(a => a.ChangeId).FirstOrDefaultAsync(ct);
    }
}
