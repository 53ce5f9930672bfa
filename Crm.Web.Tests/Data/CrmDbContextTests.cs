using Crm.Data;
using Crm.Data.Audit;
using Crm.Data.Catalogue;
using Crm.Data.Customers;
using Crm.Data.Leads;
using Crm.Data.Orders;
using Crm.Data.Storage;
using Crm.Web.Platform.Live;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Data;

public sealed class CrmDbContextTests
{
    [Theory, BothDatabases, Trait("contract", "M-261")]
    public async Task Migrations_are_complete(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();

        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }

    [Theory, BothDatabases, Trait("contract", "M-153"), Trait("contract", "M-154"), Trait("contract", "M-155")]
    public async Task A_change_is_audited_with_who_when_where_and_both_values(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var actor = new Actor(TestPeople.Agent.UserId, TestPeople.Agent.Name, "192.0.2.7");
        var lead = await AddLeadAsync(shop, "Mama Nkechi Catering");
        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        await using (var db = shop.Database.Open(actor))
        {
            var stored = await db.Leads.SingleAsync(l => l.Id == lead.Id);
            stored.MoveTo(LeadStatus.Contacted, 1, shop.Clock.Now);
            await db.SaveChangesAsync();
        }

        await using var read = shop.Open();
        var entry = await read.AuditEntries.SingleAsync(e => e.RootId == lead.Id && e.Action == AuditAction.Updated);

        Assert.Equal((TestPeople.Agent.UserId, "Ama Boakye", "192.0.2.7"), (entry.ActorId, entry.ActorName, entry.Ip));
        Assert.Equal(shop.Clock.Now, entry.At);
        Assert.Contains("\"Status\":\"New\"", entry.Before);
        Assert.Contains("\"Status\":\"Contacted\"", entry.After);
    }

    [Theory, BothDatabases, Trait("contract", "M-154")]
    public async Task A_part_of_a_record_is_audited_under_the_record_that_people_open(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();
        var product = new Product { Sku = "OKRA-1" };
        product.Describe("Okra", null, null, null);
        var order = new Order { Number = "ORD-1", Channel = OrderChannel.Counter, PlacedAt = shop.Clock.Now, PlacedOn = DateOnly.FromDateTime(shop.Clock.Now) };
        order.Lines.Add(new OrderLine { OrderId = order.Id, Name = "Okra", Quantity = 1, UnitPriceMinor = 100, TotalMinor = 100, Position = 1 });
        order.TryMoveTo(OrderStatus.Paid, null, null, shop.Clock.Now);
        db.AddRange(product, order,
            new ProductLocalName { ProductId = product.Id, Name = "Gombo", Region = "Haiti" },
            new StockMovement { ProductId = product.Id, Kind = StockMovementKind.Received, Quantity = 5, At = shop.Clock.Now },
            new CustomerDiet { CustomerId = TestPeople.CustomerA.CustomerId!.Value, Diet = Diet.Halal },
            new CustomerFavourite { CustomerId = TestPeople.CustomerA.CustomerId!.Value, ProductId = product.Id });
        await db.SaveChangesAsync();

        var trail = await db.AuditEntries.AsNoTracking().Where(e => e.Action == AuditAction.Created).ToListAsync();

        Assert.All(trail, entry => Assert.NotNull(entry.EntityId));
        Assert.Equal(["Product", "ProductLocalName", "StockMovement"], Under(product.Id));
        Assert.Equal(["Order", "OrderLine", "OrderStatusChange"], Under(order.Id));
        Assert.Equal(["CustomerDiet", "CustomerFavourite"], Under(TestPeople.CustomerA.CustomerId!.Value).Where(type => type != "Customer"));

        IEnumerable<string> Under(Guid root) => trail.Where(e => e.RootId == root).Select(e => e.EntityType).Order();
    }

    [Theory, BothDatabases]
    public async Task The_index_follows_a_change_of_a_mass_write_that_detects_no_changes(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await AddLeadAsync(shop, "Taste of Lagos");
        await using var db = shop.Open();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var entry = await db.SearchEntries.SingleAsync(e => e.EntityId == lead.Id);
        (await db.Leads.SingleAsync(l => l.Id == lead.Id)).Describe("Taste of Abuja", null, null, null, null, null, null, null);
        await db.SaveChangesAsync();

        Assert.Equal("Taste of Abuja", (await db.SearchEntries.AsNoTracking().SingleAsync(e => e.Id == entry.Id)).Title);
    }

    [Theory, BothDatabases]
    public async Task Secrets_never_enter_the_audit_trail(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        {
            var user = await db.Users.SingleAsync(u => u.Id == TestPeople.Agent.UserId);
            (user.PasswordHash, user.SecurityStamp, user.FirstName) = ("ZZ-HASH", "ZZ-STAMP", "Amma");
            await db.SaveChangesAsync();
        }

        await using var read = shop.Open();
        var trail = await read.AuditEntries.Select(e => e.Before + e.After).ToListAsync();

        Assert.Contains(trail, t => t.Contains("Amma"));
        Assert.DoesNotContain(trail, t => t.Contains("ZZ-"));
    }

    [Theory, BothDatabases]
    public async Task A_mass_write_leaves_one_audit_row_with_counts(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using var db = shop.Open();
        db.MassWrite = "stock list read in";
        db.Categories.AddRange(new Category { Name = "Yams", Slug = "yams" }, new Category { Name = "Peppers", Slug = "peppers" });
        await db.SaveChangesAsync();

        var entry = await db.AuditEntries.SingleAsync(e => e.EntityType == "stock list read in");

        Assert.Equal(AuditAction.Mass, entry.Action);
        Assert.Contains("\"Category Added\":2", entry.After);
    }

    [Theory, BothDatabases]
    public async Task The_second_of_two_saves_of_one_version_is_refused(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await AddLeadAsync(shop, "Taste of Lagos");
        await using var first = shop.Open();
        await using var second = shop.Open();
        (await first.Leads.SingleAsync(l => l.Id == lead.Id)).Rate(LeadPriority.High, new Money(100));
        (await second.Leads.SingleAsync(l => l.Id == lead.Id)).Rate(LeadPriority.Low, new Money(200));
        await first.SaveChangesAsync();

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());
    }

    [Theory, BothDatabases]
    public async Task Commits_reach_the_change_feed_and_rollbacks_do_not(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var listener = shop.Get<PostgresChangeListener>();
        await listener.StartAsync(CancellationToken.None);
        await listener.WaitUntilListeningAsync(CancellationToken.None);
        var heard = new TaskCompletionSource<IReadOnlyList<ChangeTopic>>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = shop.Get<ChangeFeed>().Subscribe([ChangeKinds.Lead], topics => { heard.TrySetResult(topics); return Task.CompletedTask; });
        await using (var db = shop.Open())
        await using (await db.BeginWriteAsync(CancellationToken.None))
        {
            db.Leads.Add(await LeadAsync(db, "Never kept"));
            await db.SaveChangesAsync();
        }
        var kept = await AddLeadAsync(shop, "Accra Grill House");

        var topics = await heard.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(new ChangeTopic(ChangeKinds.Lead, kept.Id), Assert.Single(topics));
        await listener.StopAsync(CancellationToken.None);
    }

    [Theory, BothDatabases, Trait("contract", "M-259")]
    public async Task Fifty_writers_at_once_all_succeed_and_numbers_never_repeat(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => AddLeadAsync(shop, $"Lead {i}"))));

        await using var db = shop.Open();
        Assert.Equal(50, await db.Leads.Select(l => l.Number).Distinct().CountAsync());
    }

    [Theory, BothDatabases, Trait("contract", "M-259")]
    public async Task The_database_refuses_a_second_primary_contact(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await AddLeadAsync(shop, "Yaadie Jerk Truck");
        await using var db = shop.Open();
        foreach (var name in new[] { "Marlon", "Denise" })
        {
            var contact = new LeadContact { LeadId = lead.Id };
            contact.Describe(name, null, null, null, null, shop.Clock.Now);
            contact.MakePrimary(true);
            db.LeadContacts.Add(contact);
        }

        var failure = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());

        Assert.True(CrmDatabase.IsUniqueViolation(failure));
    }

    private static async Task<Lead> AddLeadAsync(TestShop shop, string name)
    {
        await using var db = shop.Open();
        var lead = await LeadAsync(db, name);
        db.Leads.Add(lead);
        await db.SaveChangesAsync();
        return lead;
    }

    private static async Task<Lead> LeadAsync(CrmDbContext db, string name)
    {
        var lead = new Lead { Number = await db.NextNumberAsync(NumberKind.Lead, CancellationToken.None), CreatedAt = TestClock.Start };
        lead.Describe(name, null, "Restaurant", "Toronto", null, null, "website", null);
        return lead;
    }
}
