using Crm.Data.Leads;
using Crm.Web.Features.Leads.Tags;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.List;

/// <summary>
/// Changes one cell of the list: the same commands as the panel's, so the same checks, joins and clashes; what was done can be taken back.
/// </summary>
public sealed class LeadCells(LeadService leads, LeadMoves moves, LeadWork work)
{
    /// <summary>Saves one field that was seen as <paramref name="seen"/>; a colleague's change of it meanwhile is a clash, of any other field is kept.</summary>
    /// <returns>The change id, empty where nothing was to be changed, or what <see cref="LeadService.EditAsync"/> refuses.</returns>
    public async Task<Result<Guid>> EditAsync(Guid leadId, LeadEdit seen, LeadEdit edit, CancellationToken ct) =>
        (await leads.EditAsync(leadId, seen, edit, ct)).Failed(out var refusal, out var changeId) ? refusal : changeId ?? Guid.Empty;

    /// <summary>Moves it to another stage, on top of its column; a loss says why.</summary>
    /// <returns>The change id, empty where nothing was to be changed, or what <see cref="LeadMoves"/> refuses.</returns>
    public async Task<Result<Guid>> MoveAsync(Guid leadId, LeadStatus to, LostReason? reason, string? note, CancellationToken ct)
    {
        var moved = to is LeadStatus.Lost && reason is { } why ? await moves.LoseAsync(leadId, why, note, LeadPlace.Top, ct) : await moves.MoveAsync(leadId, to, LeadPlace.Top, ct);
        return moved.Failed(out var refusal, out var done) ? refusal : done.ChangeId ?? Guid.Empty;
    }

    /// <summary>Adds and removes tags, so that of those that were seen the wanted ones stay; what others added meanwhile stays too.</summary>
    /// <returns>The change id, empty where nothing was to be changed, or a complaint.</returns>
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
        return gone.Count + added.Count > 0 ? db.ChangeId!.Value : Guid.Empty;
    }, ct);
}
