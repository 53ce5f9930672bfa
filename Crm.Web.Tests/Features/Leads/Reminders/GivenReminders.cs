using Crm.Data.Leads;
using Crm.Web.Features.Leads.Reminders;
using Crm.Web.Platform.Jobs;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads.Reminders;

/// <summary>Reminders as tests need them, stored past the services.</summary>
static class GivenReminders
{
    public static async Task<Guid> ReminderAsync(this TestShop shop, Guid leadId, string title = "Send the price list", DateTime? dueAt = null, TestPerson? of = null,
        ReminderRepeat repeat = ReminderRepeat.Never, Action<Reminder>? then = null)
    {
        await using var db = shop.Open();
        var reminder = new Reminder { LeadId = leadId, CreatedAt = shop.Clock.Now };
        reminder.Plan(title, null, dueAt ?? shop.Clock.Now, of?.UserId, shop.Clock.Now);
        reminder.RepeatEvery(repeat);
        then?.Invoke(reminder);
        db.Reminders.Add(reminder);
        await db.SaveChangesAsync();
        return reminder.Id;
    }

    /// <summary>Runs the job that tells of what is due.</summary>
    public static Task<string> PostAsync(this TestShop shop) =>
        shop.Get<JobRunner>().RunAsync(shop.Get<JobRunner>().Plans.Single(p => p.Type == typeof(ReminderPost)).Name, CancellationToken.None);
}
