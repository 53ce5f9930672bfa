using Crm.Data.Audit;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads;

/// <summary>Whoever keeps the staff gives the work of somebody who leaves to another.</summary>
public sealed class LeadHandoverTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task Every_open_lead_goes_to_the_colleague_who_is_told_once(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var open = new[] { await shop.LeadAsync("Accra Grill House", owner: TestPeople.Agent), await shop.LeadAsync("Mama Put", LeadStatus.Qualified, owner: TestPeople.Agent) };
        var lost = await shop.LeadAsync("Lost Kitchen", LeadStatus.Lost, owner: TestPeople.Agent);
        var others = await shop.LeadAsync("Not theirs", owner: TestPeople.Manager);

        Assert.Equal(2, (await shop.As(TestPeople.Owner).Get<IHandover>().HandOverAsync(TestPeople.Agent.UserId, TestPeople.OtherAgent.UserId, Ct)).Value);

        await using var db = shop.Open();
        var owners = await db.Leads.ToDictionaryAsync(l => l.Id, l => l.OwnerId);
        Assert.All(open, id => Assert.Equal(TestPeople.OtherAgent.UserId, owners[id]));
        Assert.Equal((TestPeople.Agent.UserId, TestPeople.Manager.UserId), (owners[lost], owners[others]));
        var notice = Assert.Single(await db.Notices.ToListAsync());
        Assert.Equal(TestPeople.OtherAgent.UserId, notice.UserId);
        Assert.Contains("gave you 2 leads of", notice.Text, StringComparison.Ordinal);
        var trail = await db.AuditEntries.Where(e => e.EntityType == nameof(Lead) && e.Action == AuditAction.Updated).ToListAsync();
        Assert.Equal(open.Order(), trail.Select(e => e.EntityId!.Value).Order());
        Assert.Single(trail.Select(e => e.ChangeId).Distinct());

        Assert.Equal(0, (await shop.As(TestPeople.Owner).Get<IHandover>().HandOverAsync(TestPeople.Agent.UserId, TestPeople.OtherAgent.UserId, Ct)).Value);
        Assert.Single(await db.Notices.ToListAsync());
    }

    [Theory, BothDatabases]
    public async Task Only_whoever_keeps_the_staff_hands_over_and_only_to_a_colleague_who_can_sign_in(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House", owner: TestPeople.Agent);
        await using (var db = shop.Open())
        {
            (await db.Users.SingleAsync(u => u.Id == TestPeople.OtherAgent.UserId)).IsActive = false;
            await db.SaveChangesAsync();
        }
        foreach (var to in new[] { TestPeople.OtherAgent.UserId, TestPeople.Agent.UserId, TestPeople.CustomerA.UserId, Guid.Empty })
            Assert.IsType<HandoverToNobody>((await shop.As(TestPeople.Owner).Get<IHandover>().HandOverAsync(TestPeople.Agent.UserId, to, Ct)).Error);
        foreach (var person in new[] { TestPeople.Agent, TestPeople.Manager, TestPeople.CustomerA })
            Assert.IsType<ForbiddenError>((await shop.As(person).Get<IHandover>().HandOverAsync(TestPeople.Agent.UserId, TestPeople.Manager.UserId, Ct)).Error);

        await using var after = shop.Open();
        Assert.Equal(TestPeople.Agent.UserId, (await after.Leads.SingleAsync(l => l.Id == lead)).OwnerId);
        Assert.Empty(await after.Notices.ToListAsync());
    }
}
