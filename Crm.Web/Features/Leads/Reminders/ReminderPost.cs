using System.Globalization;
using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Features.Messaging.Notices;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Leads.Reminders;

/// <summary>
/// Tells people of reminders whose time has come: once, on any number of nodes and over any restart. The claim (Pending to Sent), the
/// notice and the mail are one transaction: whoever comes second claims nothing, and a node that dies has told nothing.
/// </summary>
public sealed class ReminderPost(IDbContextFactory<CrmDbContext> contexts, StaffDirectory staff, ReminderPeople people, Mailer mailer, Shop shop, Zones zones) : IBackgroundJob
{
    /// <summary>Told in one transaction.</summary>
    public const int BatchSize = 50;

    /// <summary>Tells all that is due now.</summary>
    public async Task<string> RunAsync(CancellationToken ct)
    {
        var (told, more) = (0, true);
        while (more)
        {
            (var count, more) = await TellBatchAsync(ct);
            told += count;
        }
        return told == 1 ? "1 reminder sent." : $"{told.ToString("N0", CultureInfo.InvariantCulture)} reminders sent.";
    }

    /// <summary>What waits to be told, the oldest first.</summary>
    internal static IQueryable<Reminder> Due(CrmDbContext db, DateTime now) => db.Reminders
        .Where(r => r.Status == ReminderStatus.Pending && r.FireAt <= now && r.DoneAt == null).OrderBy(r => r.FireAt).ThenBy(r => r.Id);

    /// <summary>Names the one time that a reminder is told.</summary>
    internal static string KeyOf(Guid reminderId, DateTime fireAt) => string.Create(CultureInfo.InvariantCulture, $"reminder:{reminderId}:{fireAt:yyyyMMdd'T'HHmmss'Z'}");

    private async Task<(int Told, bool More)> TellBatchAsync(CancellationToken ct)
    {
        var roster = await staff.ReadAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        var now = shop.Now;
        var due = await Due(db, now).AsNoTracking().Take(BatchSize)
            .Join(db.Leads, r => r.LeadId, l => l.Id, (r, l) => new DueReminder(r.Id, r.LeadId, l.Name, l.OwnerId, r.UserId, r.Title, r.Description, r.DueAt, r.FireAt)).ToListAsync(ct);
        if (due.Count == 0) return (0, false);

        var addresses = await AddressesAsync(db, [.. due.SelectMany(d => people.Reached(roster, d.UserId, d.LeadOwnerId)).Select(m => m.Id).Distinct()], ct);
        var told = 0;
        foreach (var reminder in due.OrderBy(d => d.FireAt).ThenBy(d => d.Id))
        {
            if (!await ClaimAsync(db, reminder, now, ct)) continue;
            await TellAsync(db, reminder, people.Reached(roster, reminder.UserId, reminder.LeadOwnerId), addresses, now, ct);
            told++;
        }
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return (told, due.Count == BatchSize);
    }

    private static async Task<bool> ClaimAsync(CrmDbContext db, DueReminder due, DateTime now, CancellationToken ct) => await db.Reminders
        .Where(r => r.Id == due.Id && r.Status == ReminderStatus.Pending && r.FireAt == due.FireAt && r.DoneAt == null)
        .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, ReminderStatus.Sent).SetProperty(r => r.SentAt, now).SetProperty(r => r.UpdatedAt, now)
            .SetProperty(r => r.Version, r => r.Version + 1), ct) == 1;

    private async Task TellAsync(CrmDbContext db, DueReminder due, IReadOnlyList<StaffMember> reached, IReadOnlyDictionary<Guid, MailAddressee> addresses, DateTime now, CancellationToken ct)
    {
        foreach (var member in reached)
        {
            var key = KeyOf(due.Id, due.FireAt) + (reached.Count > 1 ? $":{member.Id:N}" : "");
            var link = $"/leads/{due.LeadId}";
            await NoticeWriter.TellAsync(db, NoticeWriter.Of(member.Id, NoticeKinds.Reminder, $"{due.Title} · {due.Lead}", link, key, now), ct);
            if (addresses.TryGetValue(member.Id, out var to) && !string.IsNullOrWhiteSpace(to.Email))
                mailer.Post(db, key, to.Email, member.Name, new ReminderDueMail(to.FirstName, due.Title, due.Lead, due.Description, due.DueAt, link, zones.Of(member.Id).Id));
        }
        db.Note<Reminder>(due.Id, $"Sent to {(reached.Count == 0 ? "nobody" : string.Join(", ", reached.Select(m => m.Name)))}");
        db.MarkChanged(ChangeKinds.Lead, due.LeadId);
    }

    private static async Task<Dictionary<Guid, MailAddressee>> AddressesAsync(CrmDbContext db, Guid[] ids, CancellationToken ct) =>
        await db.Users.AsNoTracking().Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => new MailAddressee(u.Email, u.FirstName), ct);

    private sealed record DueReminder(Guid Id, Guid LeadId, string Lead, Guid? LeadOwnerId, Guid? UserId, string Title, string? Description, DateTime DueAt, DateTime FireAt);

    private sealed record MailAddressee(string? Email, string FirstName);
}
