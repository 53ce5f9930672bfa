using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Insights;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Insights;

public sealed class DeskQueriesTests
{
    [Theory, BothDatabases, Trait("contract", "M-157"), Trait("contract", "M-158"), Trait("contract", "M-159"), Trait("contract", "M-162")]
    public async Task The_pipeline_is_counted_by_stage_and_priority_with_values(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await AddLeadAsync(shop, LeadStatus.New, LeadPriority.High, 100_00);
        await AddLeadAsync(shop, LeadStatus.New, LeadPriority.Low, 50_00);
        await AddLeadAsync(shop, LeadStatus.Converted, LeadPriority.High, 900_00);
        var desk = shop.As(TestPeople.Agent).Get<DeskQueries>();

        var funnel = (await desk.FunnelAsync(default)).Value;
        var priorities = (await desk.PrioritiesAsync(default)).Value;

        Assert.Equal([2, 0, 0, 1, 0], funnel.Select(s => s.Count));
        Assert.Equal(150_00, funnel[0].Value.Minor);
        Assert.Equal([(LeadPriority.High, 1, 100_00L), (LeadPriority.Medium, 0, 0L), (LeadPriority.Low, 1, 50_00L)], priorities.Select(p => (p.Priority, p.Count, p.Value.Minor)));
        Assert.Equal(3, (await desk.CountsAsync(default)).Value.Contacts);
    }

    [Theory, BothDatabases, Trait("contract", "M-143"), Trait("contract", "M-144"), Trait("contract", "M-161")]
    public async Task What_is_done_or_called_off_is_neither_late_nor_due(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await AddLeadAsync(shop, LeadStatus.New, LeadPriority.High, 0);
        await RemindAsync(shop, lead, "later", TimeSpan.FromDays(2));
        await RemindAsync(shop, lead, "today", TimeSpan.FromHours(1));
        await RemindAsync(shop, lead, "late", TimeSpan.FromDays(-2));
        await RemindAsync(shop, lead, "done", TimeSpan.FromDays(-3), r => r.Finish(shop.Clock.Now));
        await RemindAsync(shop, lead, "cancelled", TimeSpan.FromDays(-3), r => r.Cancel(shop.Clock.Now));
        await RemindAsync(shop, lead, "another's", TimeSpan.FromDays(-1), userId: TestPeople.OtherAgent.UserId);
        var desk = shop.As(TestPeople.Agent).Get<DeskQueries>();

        var counts = (await desk.CountsAsync(default)).Value;
        Assert.Equal((2, 1), (counts.Overdue, counts.DueToday));
    }

    private static async Task<Guid> AddLeadAsync(TestShop shop, LeadStatus status, LeadPriority priority, long minor)
    {
        await using var db = shop.Open();
        var lead = new Lead { Number = await db.NextNumberAsync(NumberKind.Lead, default), CreatedAt = shop.Clock.Now };
        lead.Describe("Accra Grill House", null, "Restaurant", null, null, null, null, null);
        lead.Rate(priority, new Money(minor));
        lead.MoveTo(status, 1, shop.Clock.Now);
        var contact = new LeadContact { LeadId = lead.Id };
        contact.Describe("Kwame Mensah", null, null, null, null, shop.Clock.Now);
        lead.Contacts.Add(contact);
        db.Leads.Add(lead);
        await db.SaveChangesAsync();
        return lead.Id;
    }

    private static async Task RemindAsync(TestShop shop, Guid leadId, string title, TimeSpan inTime, Action<Reminder>? then = null, Guid? userId = null)
    {
        await using var db = shop.Open();
        var reminder = new Reminder { LeadId = leadId, CreatedAt = shop.Clock.Now };
        reminder.Plan(title, null, shop.Clock.Now + inTime, userId ?? TestPeople.Agent.UserId, shop.Clock.Now);
        then?.Invoke(reminder);
        db.Reminders.Add(reminder);
        await db.SaveChangesAsync();
    }
}
