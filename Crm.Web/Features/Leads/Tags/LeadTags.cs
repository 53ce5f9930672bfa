using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Tags;

/// <summary>The words that staff sort leads by.</summary>
public sealed class LeadTags(LeadWork work, CurrentActor actor, IDbContextFactory<CrmDbContext> contexts)
{
    /// <summary>How many one lead has.</summary>
    public const int Most = 20;

    internal static readonly string TooMany = $"A lead has {Most} tags at most. Take one away first.";

    private const int MostKnown = 200;

    /// <summary>Adds a word, in lower case; one that is there already stays.</summary>
    /// <returns>The word as it is kept, or <see cref="LeadNotFound"/>, or a complaint about the word.</returns>
    public Task<Result<string>> AddAsync(Guid leadId, string? name, CancellationToken ct) => work.OnAsync<string>(leadId, async (db, _) =>
    {
        if (Tidy(name) is not { } tag) return new InvalidError("Name", "Type a word first.");
        if (TooLong(tag) is { } tooLong) return new InvalidError("Name", tooLong);
        var there = await db.LeadTags.Where(t => t.LeadId == leadId).Select(t => t.Name).ToListAsync(ct);
        if (there.Contains(tag)) return tag;
        if (there.Count >= Most) return new InvalidError("Name", TooMany);
        db.LeadTags.Add(new LeadTag { LeadId = leadId, Name = tag });
        return tag;
    }, ct);

    /// <summary>Takes a word away; one that is gone already is no mistake.</summary>
    public Task<Result<Done>> RemoveAsync(Guid leadId, string name, CancellationToken ct) => work.OnAsync<Done>(leadId, async (db, _) =>
    {
        var tag = Tidy(name);
        if (await db.LeadTags.SingleOrDefaultAsync(t => t.LeadId == leadId && t.Name == tag, ct) is { } gone) db.LeadTags.Remove(gone);
        return default(Done);
    }, ct);

    /// <summary>The words that leads in sight have, the most used first.</summary>
    public async Task<Result<IReadOnlyList<string>>> KnownAsync(CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var seen = db.Leads.SeenBy(actor).Select(l => l.Id);
        return Result.Of<IReadOnlyList<string>>(await db.LeadTags.AsNoTracking().Where(t => seen.Contains(t.LeadId)).GroupBy(t => t.Name)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(MostKnown).Select(g => g.Key).ToListAsync(ct));
    }

    /// <summary>What is wrong with a tidy word, or null.</summary>
    internal static string? TooLong(string tag) => tag.Length > LeadTag.NameLength ? $"A tag has {LeadTag.NameLength} characters at most." : null;

    /// <summary>A word as it is kept, wherever it was typed: in lower case, without # before it, single spaces; null for nothing.</summary>
    internal static string? Tidy(string? name) =>
        CleanText.Typed(string.Join(' ', (CleanText.Typed(name) ?? "").TrimStart('#').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))?.ToLowerInvariant();
}
