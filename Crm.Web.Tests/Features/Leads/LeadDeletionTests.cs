using Crm.Data.Audit;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.List;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Platform.Bulk;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Crm.Web.Tests.Features.Leads.Opportunities;
using Crm.Web.Tests.Features.Leads.Undo;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads;

/// <summary>A delete takes what is saved at the same moment with it by the trail, never by the database alone.</summary>
[Trait("contract", "M-126")]
public sealed class LeadDeletionTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task A_note_that_is_saved_meanwhile_goes_into_the_trail_and_comes_back(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var malik = shop.As(TestPeople.Manager);
        Guid? told = null;
        Func<Guid, Task>[] ways =
        [
            async lead => told = (await malik.Get<LeadService>().DeleteAsync(lead, Ct)).Value,
            async lead =>
            {
                await malik.Get<LeadBulk>().StartAsync(new LeadSelection(new LeadFilter(), [lead]), new LeadDeed(LeadDeedKind.Delete), Ct);
                await shop.Get<BulkWorker>().WorkDueAsync(Ct);
            },
        ];
        foreach (var deleteAsync in ways)
        {
            var lead = await shop.LeadAsync("Accra Grill House");
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            Task deleting;
            await using (var other = shop.Open())
            await using (var write = await other.BeginWriteAsync(Ct))
            {
                await other.Leads.Where(l => l.Id == lead).ExecuteUpdateAsync(set => set.SetProperty(l => l.TouchedAt, shop.Clock.Now), Ct);
                var note = new LeadNote { LeadId = lead, CreatedAt = shop.Clock.Now };
                note.Write("Written at the last moment", shop.Clock.Now);
                other.LeadNotes.Add(note);
                await other.SaveChangesAsync(Ct);
                deleting = deleteAsync(lead);
                await shop.UntilSomebodyWaitsAsync();
                await write.CommitAsync(Ct);
            }
            await deleting;

            await using var db = shop.Open();
            Assert.False(await db.Leads.AnyAsync(Ct));
            var gone = await db.AuditEntries.SingleAsync(a => a.EntityType == nameof(LeadNote) && a.Action == AuditAction.Deleted && a.RootId == lead, Ct);
            if (told is { } change) Assert.Equal(change, gone.ChangeId);
            told = null;
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            var back = (await malik.Get<UndoService>().UndoAsync(gone.ChangeId, new HashSet<Guid>(), Ct)).Value;
            Assert.Equal((2, 0), (back.Restored, back.Skipped.Count));
            Assert.Equal("Written at the last moment", (await db.LeadNotes.SingleAsync(n => n.LeadId == lead, Ct)).Text);
            await db.LeadNotes.ExecuteDeleteAsync(Ct);
            await db.Leads.ExecuteDeleteAsync(Ct);
        }
    }

    [Theory, BothDatabases]
    public async Task An_opportunity_that_is_made_meanwhile_goes_with_the_lead(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        await shop.StagesAsync();
        Task<Result<Guid>> deleting;
        await using (var other = shop.Open())
        await using (var write = await other.BeginWriteAsync(Ct))
        {
            var deal = new Opportunity { CreatedAt = shop.Clock.Now };
            deal.Describe("Wedding", null, 100, null, null, shop.Clock.Now);
            deal.BelongTo(lead, null);
            deal.MoveTo(await other.OpportunityStages.FirstAsync(Ct), 1, shop.Clock.Now);
            other.Opportunities.Add(deal);
            await other.SaveChangesAsync(Ct);
            deleting = shop.As(TestPeople.Manager).Get<LeadService>().DeleteAsync(lead, Ct);
            await shop.UntilSomebodyWaitsAsync();
            await write.CommitAsync(Ct);
        }

        Assert.Null((await deleting).Error);
        await using var db = shop.Open();
        Assert.Equal((0, 0), (await db.Leads.CountAsync(Ct), await db.Opportunities.CountAsync(Ct)));
    }

    [Theory, BothDatabases]
    public async Task An_opportunity_for_a_lead_that_is_deleted_meanwhile_is_refused_at_its_field(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        await shop.StagesAsync();
        Task<Result<Guid>> making;
        await using (var other = shop.Open())
        await using (var write = await other.BeginWriteAsync(Ct))
        {
            await other.Leads.Where(l => l.Id == lead).ExecuteDeleteAsync(Ct);
            making = shop.As(TestPeople.Agent).Get<OpportunityService>().CreateAsync(new OpportunityEdit { Title = "Wedding", LeadId = lead }, null, null, Ct);
            await shop.UntilSomebodyWaitsAsync();
            await write.CommitAsync(Ct);
        }

        Assert.NotNull(Assert.IsType<InvalidError>((await making).Error).For(nameof(OpportunityEdit.LeadId)));
    }

    [Theory, BothDatabases]
    public async Task An_opportunity_is_work_on_its_lead(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        shop.Clock.Advance(TimeSpan.FromDays(3));

        await shop.DealAsync("Wedding", leadId: lead);

        Assert.Equal(shop.Clock.Now, (await shop.As(TestPeople.Agent).Get<LeadQueries>().FindAsync(lead, Ct)).Value.TouchedAt);
    }
}
