using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Messaging.Notices;
using Crm.Web.Platform.Access;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Notes;

/// <summary>Finds colleagues who are named in a note as @Name and puts it under their bell, once for each note.</summary>
public sealed class NoteMentions(StaffDirectory staff, Rights rights, CurrentActor actor)
{
    private const int Excerpt = 120;

    /// <summary>Tells those who are named now and were not before, and who see the lead; nobody is told of what they write themselves.</summary>
    internal async Task TellAsync(CrmDbContext db, LeadNote note, string before, DateTime now, CancellationToken ct)
    {
        if (!note.Text.Contains('@')) return;
        var roster = await staff.ReadAsync(ct);
        var named = roster.Assignable.Where(m => m.Id != actor.UserId && IsNamed(m.Name, note.Text) && !IsNamed(m.Name, before)).ToList();
        if (named.Count == 0) return;

        var lead = await db.Leads.Where(l => l.Id == note.LeadId).Select(l => new { l.Name, l.OwnerId }).SingleAsync(ct);
        foreach (var member in named.Where(m => lead.OwnerId is null || lead.OwnerId == m.Id || rights.Allow(m.Role, Permission.SeeAllLeads)))
            await NoticeWriter.TellAsync(db, NoticeWriter.Of(member.Id, NoticeKinds.Mention, $"{actor.Name} mentioned you on {lead.Name}: {CleanText.Cut(note.Text, Excerpt)}",
                $"/leads/{note.LeadId}", $"mention:{note.Id:N}:{member.Id:N}", now), ct);
    }

    /// <summary>Whether a text names somebody: the whole name, and no longer one.</summary>
    internal static bool IsNamed(string name, string text)
    {
        for (var at = text.IndexOf('@'); at >= 0; at = text.IndexOf('@', at + 1))
        {
            var end = at + 1 + name.Length;
            if (end <= text.Length && string.Compare(text, at + 1, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0
                && (end == text.Length || !char.IsLetterOrDigit(text[end])) && (at == 0 || !char.IsLetterOrDigit(text[at - 1]))) return true;
        }
        return false;
    }
}
