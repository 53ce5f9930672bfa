using Crm.Data.Storage;
using Crm.Web.Features.Accounts.RoleRights;
using Crm.Web.Features.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads;

/// <summary>What was just read is not read again, is never older than the last change, and is for nobody who may not see it.</summary>
public sealed class LeadMemoryTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task A_lead_that_was_looked_at_costs_no_query_until_it_changes(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        shop.Get<Hearing>().Prove(TimeSpan.FromDays(1));
        var lead = await shop.LeadAsync("Accra Grill", owner: TestPeople.OtherAgent);
        var (ama, malik) = (shop.As(TestPeople.Agent), shop.As(TestPeople.Manager));
        Assert.Empty((await LookAsync(malik)).Notes);

        using (var any = new QueryCount(shop, "\"LeadNotes\""))
        {
            Assert.Equal("Accra Grill", (await LookAsync(ama)).Name);
            Assert.Equal(0, any.Value);
        }

        Assert.Null((await ama.Get<LeadNotes>().AddAsync(lead, "Wants goat", Ct)).Error);
        var form = ama.Get<LeadForms>().Of((await ama.Get<LeadQueries>().FindAsync(lead, Ct)).Value);
        var edit = form.Copy();
        edit.Name = "Accra Grill House";
        Assert.Null((await ama.Get<LeadService>().EditAsync(lead, form, edit, Ct)).Error);

        var (name, notes) = await LookAsync(malik);
        Assert.Equal(("Accra Grill House", "Wants goat"), (name, Assert.Single(notes)));

        async Task<(string Name, string[] Notes)> LookAsync(TestDesk desk)
        {
            var detail = (await desk.Get<LeadQueries>().FindAsync(lead, Ct)).Value;
            var lines = (await desk.Get<LeadTimeline>().ReadAsync(lead, null, TimelineFilter.All, Ct)).Value.Lines;
            return (detail.Name, [.. lines.Where(l => l.Kind is TimelineKind.Note).Select(l => l.Text!)]);
        }
    }

    [Theory, BothDatabases]
    public async Task What_others_have_just_read_is_not_told_to_whoever_may_not_see_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        shop.Get<Hearing>().Prove(TimeSpan.FromDays(1));
        var lead = await shop.LeadAsync("Secret Kitchen", owner: TestPeople.OtherAgent);
        Assert.Null((await shop.As(TestPeople.Owner).Get<RightsService>().SetAsync(Roles.Agent, Permission.SeeAllLeads, false, Ct)).Error);
        var (owner, ama) = (shop.As(TestPeople.Owner), shop.As(TestPeople.Agent));
        Assert.Null((await owner.Get<LeadQueries>().FindAsync(lead, Ct)).Error);
        Assert.Null((await owner.Get<LeadTimeline>().ReadAsync(lead, null, TimelineFilter.All, Ct)).Error);

        Assert.IsType<LeadNotFound>((await ama.Get<LeadQueries>().FindAsync(lead, Ct)).Error);
        Assert.IsType<LeadNotFound>((await ama.Get<LeadTimeline>().ReadAsync(lead, null, TimelineFilter.All, Ct)).Error);
        Assert.Null((await shop.As(TestPeople.OtherAgent).Get<LeadQueries>().FindAsync(lead, Ct)).Error);
    }
}
