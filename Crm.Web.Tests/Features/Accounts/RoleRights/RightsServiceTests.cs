using Crm.Data.Accounts;
using Crm.Data.Audit;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.RoleRights;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.RoleRights;

/// <summary>The owner refines what a role may do, and everybody's next command knows.</summary>
public sealed class RightsServiceTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    [Trait("contract", "M-047")]
    [Trait("contract", "M-034")]
    public async Task Every_role_begins_with_what_it_comes_with(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        var rows = (await shop.As(TestPeople.Owner).Get<RightsService>().ListAsync(Ct)).Value;

        Assert.Equal(Enum.GetValues<Permission>(), rows.Select(r => r.Facts.Permission));
        Assert.All(rows, row => Assert.Equal(Roles.Staff, row.Cells.Select(c => c.Role)));
        Assert.All(rows, row => Assert.True(row.Cells[0] is { Granted: true, Locked: not null }));
        Assert.DoesNotContain(rows.SelectMany(r => r.Cells), cell => cell.IsChanged);
        Assert.Equal([Permission.ImportData, Permission.ManageSettings, Permission.ManageStaff], Off(rows, 1));
        Assert.Equal([Permission.DeleteLeads, Permission.RetireCustomers, Permission.SeeTrade, Permission.ImportData, Permission.SeeAuditLog, Permission.ManageSettings, Permission.ManageStaff], Off(rows, 2));
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-047")]
    public async Task A_right_given_or_taken_counts_for_the_next_command_of_an_open_circuit(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var owner = shop.As(TestPeople.Owner).Get<RightsService>();
        var agent = shop.As(TestPeople.Agent).Get<CurrentActor>();
        Assert.True(agent.May(Permission.Export));
        Assert.False(agent.May(Permission.SeeTrade));

        Assert.Null((await owner.SetAsync(Roles.Agent, Permission.Export, false, Ct)).Error);
        Assert.Null((await owner.SetAsync(Roles.Agent, Permission.SeeTrade, true, Ct)).Error);

        Assert.IsType<ForbiddenError>(agent.UnlessMay(Permission.Export));
        Assert.Null(agent.UnlessMay(Permission.SeeTrade));
        Assert.True(shop.As(TestPeople.Manager).Get<CurrentActor>().May(Permission.Export));
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-047")]
    public async Task A_change_made_on_one_node_is_heard_on_another(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        var rights = site.Get<Rights>();
        Assert.True(rights.Allow(Roles.Agent, Permission.Export));

        await using (var db = site.Open())
        {
            db.RolePermissions.Add(new RolePermission { Role = Roles.Agent, Permission = nameof(Permission.Export), Granted = false });
            await db.SaveChangesAsync(Ct);
        }
        await site.HearAsync();

        Assert.False(rights.Allow(Roles.Agent, Permission.Export));
    }

    [Theory, BothDatabases]
    public async Task A_node_that_missed_the_news_knows_half_a_minute_later(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var agent = shop.As(TestPeople.Agent).Get<CurrentActor>();
        Assert.True(agent.May(Permission.Export));
        await using (var silent = new CrmDatabase(kind, shop.Connection, shop.Clock, Crm.Data.Live.NoChangeSink.Instance))
        await using (var db = silent.Open(Actor.System("test")))
        {
            db.RolePermissions.Add(new RolePermission { Role = Roles.Agent, Permission = nameof(Permission.Export), Granted = false });
            await db.SaveChangesAsync(Ct);
        }

        shop.Clock.Advance(Rights.MostAge);

        Assert.False(agent.May(Permission.Export));
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-035")]
    [Trait("contract", "M-036")]
    [Trait("contract", "M-038")]
    public async Task What_is_fixed_stays_whatever_stands_in_the_table(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        {
            foreach (var (role, permission, granted) in new[]
            {
                (Roles.Agent, Permission.DeleteLeads, true), (Roles.Agent, Permission.SeeAuditLog, true), (Roles.Manager, Permission.ManageStaff, true),
                (Roles.Owner, Permission.Export, false), (Roles.Customer, Permission.SeeCustomers, true), (Roles.Manager, Permission.SeeAuditLog, false),
            }) db.RolePermissions.Add(new RolePermission { Role = role, Permission = permission.ToString(), Granted = granted });
            await db.SaveChangesAsync(Ct);
        }
        var service = shop.As(TestPeople.Owner).Get<RightsService>();

        Assert.IsType<RightFixed>((await service.SetAsync(Roles.Agent, Permission.DeleteLeads, true, Ct)).Error);
        Assert.IsType<RightFixed>((await service.SetAsync(Roles.Owner, Permission.Export, false, Ct)).Error);
        Assert.IsType<RightFixed>((await service.SetAsync(Roles.Manager, Permission.ManageStaff, true, Ct)).Error);
        Assert.IsType<InvalidError>((await service.SetAsync(Roles.Customer, Permission.SeeCustomers, true, Ct)).Error);

        Assert.False(shop.As(TestPeople.Agent).Get<CurrentActor>().May(Permission.DeleteLeads));
        Assert.False(shop.As(TestPeople.Agent).Get<CurrentActor>().May(Permission.SeeAuditLog));
        Assert.True(shop.As(TestPeople.Manager).Get<CurrentActor>().May(Permission.SeeAuditLog));
        Assert.False(shop.As(TestPeople.Manager).Get<CurrentActor>().May(Permission.ManageStaff));
        Assert.True(shop.As(TestPeople.Owner).Get<CurrentActor>().May(Permission.Export));
        Assert.False(shop.As(TestPeople.CustomerA).Get<CurrentActor>().May(Permission.SeeCustomers));
    }

    [Theory, BothDatabases]
    public async Task What_needs_another_right_is_lost_with_it_and_comes_back_with_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (service, agent) = (shop.As(TestPeople.Owner).Get<RightsService>(), shop.As(TestPeople.Agent).Get<CurrentActor>());

        await service.SetAsync(Roles.Agent, Permission.SeeCustomers, false, Ct);

        Assert.False(agent.May(Permission.EditCustomers));
        var cell = (await service.ListAsync(Ct)).Value.Single(r => r.Facts.Permission is Permission.EditCustomers).Cells[2];
        Assert.Equal(("Needs “See customers”.", false, true, false), (cell.Locked, cell.Granted, cell.Wanted, cell.IsChanged));

        await service.SetAsync(Roles.Agent, Permission.SeeCustomers, true, Ct);
        Assert.True(agent.May(Permission.EditCustomers));
    }

    [Theory, BothDatabases]
    public async Task Each_change_leaves_an_audit_row_and_going_back_leaves_no_change(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var service = shop.As(TestPeople.Owner).Get<RightsService>();

        await service.SetAsync(Roles.Agent, Permission.Export, false, Ct);
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        await service.SetAsync(Roles.Agent, Permission.Export, true, Ct);
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        await service.SetAsync(Roles.Manager, Permission.SeeTrade, false, Ct);
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        await service.ResetAsync(Ct);

        await using var db = shop.Open();
        Assert.False(await db.RolePermissions.AnyAsync(Ct));
        var trail = await db.AuditEntries.Where(a => a.EntityType == nameof(RolePermission)).OrderBy(a => a.At).ToListAsync(Ct);
        Assert.Equal([AuditAction.Created, AuditAction.Deleted, AuditAction.Created, AuditAction.Deleted], trail.Select(a => a.Action));
        Assert.All(trail, row => Assert.Equal(TestPeople.Owner.Name, row.ActorName));
        Assert.Contains("\"Permission\":\"Export\"", trail[0].After, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Two_owners_at_one_switch_leave_one_row(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            shop.As(TestPeople.Owner).Get<RightsService>().SetAsync(Roles.Agent, Permission.Export, false, Ct)));

        Assert.All(answers, answer => Assert.Null(answer.Error));
        await using var db = shop.Open();
        Assert.False((await db.RolePermissions.SingleAsync(Ct)).Granted);
    }

    private static IEnumerable<Permission> Off(IEnumerable<RightRow> rows, int role) => rows.Where(r => !r.Cells[role].Granted).Select(r => r.Facts.Permission);
}
