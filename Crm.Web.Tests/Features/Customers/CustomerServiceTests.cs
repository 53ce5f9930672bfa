using Crm.Data.Customers;
using Crm.Data.Storage;
using Crm.Web.Features.Customers;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers;

public sealed class CustomerServiceTests
{
    [Theory, BothDatabases, Trait("contract", "M-060"), Trait("contract", "M-139"), Trait("contract", "M-176")]
    public async Task A_phone_number_alone_makes_a_customer_and_is_kept_in_one_form(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        var id = (await Service(shop, TestPeople.Agent).AddAsync(new CustomerEdit { Phone = "(416) 555-0142" }, CancellationToken.None)).Value;

        await using var db = shop.Open();
        var customer = await db.Customers.SingleAsync(c => c.Id == id);
        Assert.Equal("+14165550142", customer.Phone);
        Assert.True(customer is { IsActive: true, IsVerified: false, UserId: null, NotifyByEmail: false, NotifyBySms: false });
        Assert.Equal(TestClock.Start, customer.JoinedAt);
        Assert.Equal("Ama Boakye", await db.AuditEntries.Where(a => a.EntityId == id).Select(a => a.ActorName).SingleAsync());
    }

    [Theory, BothDatabases, Trait("contract", "M-060")]
    public async Task Everything_typed_is_kept(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var typed = new CustomerEdit
        {
            FirstName = "  Ọláyínká ", LastName = "Adé\tbáyò", Phone = "+234 803 123 4567", Email = "ola@example.org", City = "Ajax", Country = "Canada", Language = "fr",
            Diets = [Diet.Halal, Diet.NutAllergy, Diet.Halal], DietNote = "no groundnuts at all", FavouriteNote = "efo riro",
        };
        var service = Service(shop, TestPeople.Agent);

        var id = (await service.AddAsync(typed, CancellationToken.None)).Value;
        var opened = (await service.OpenAsync(id, CancellationToken.None)).Value;

        Assert.Equal(("Ọláyínká", "Adé báyò", "+2348031234567", "ola@example.org", "Ajax", "Canada", "fr"),
            (opened.FirstName, opened.LastName, opened.Phone, opened.Email, opened.City, opened.Country, opened.Language));
        Assert.Equal([Diet.Halal, Diet.NutAllergy], opened.Diets);
        Assert.Equal(("no groundnuts at all", "efo riro"), (opened.DietNote, opened.FavouriteNote));
    }

    [Theory, BothDatabases, Trait("contract", "M-055")]
    public async Task What_cannot_be_taken_is_refused_at_its_field_and_nothing_is_written(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var service = Service(shop, TestPeople.Agent);
        var before = await shop.StoredAsync();
        var bad = new CustomerEdit { FirstName = new string('x', 101), Phone = "555", Email = "achieng@", Language = "xx", DietNote = new string('x', 1001) };

        var refusal = Assert.IsType<InvalidError>((await service.AddAsync(bad, CancellationToken.None)).Error);
        foreach (var field in new[] { nameof(bad.FirstName), nameof(bad.Phone), nameof(bad.Email), nameof(bad.Language), nameof(bad.DietNote) }) Assert.NotNull(refusal.For(field));
        Assert.NotNull(Assert.IsType<InvalidError>((await service.AddAsync(new CustomerEdit { FirstName = " \t" }, CancellationToken.None)).Error).For(nameof(bad.Phone)));

        Assert.Equal(before, await shop.StoredAsync());
    }

    [Theory, BothDatabases]
    public async Task A_phone_or_mail_that_belongs_to_somebody_is_refused_and_says_to_whom(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var grace = await shop.CustomerAsync("Grace", "Wanjirũ", c => { c.SetPhone("+14165550142"); c.SetEmail("Grace@Example.org"); });
        var other = await shop.CustomerAsync("Other", "One");
        var service = Service(shop, TestPeople.Agent);
        var opened = (await service.OpenAsync(other.Id, CancellationToken.None)).Value;

        var byPhone = Assert.IsType<CustomerTaken>((await service.AddAsync(new CustomerEdit { FirstName = "G", Phone = "416 555 0142" }, CancellationToken.None)).Error);
        var byMail = Assert.IsType<CustomerTaken>((await service.AddAsync(new CustomerEdit { Email = "GRACE@example.ORG" }, CancellationToken.None)).Error);
        var onEdit = Assert.IsType<CustomerTaken>((await service.SaveAsync(other.Id, opened with { Phone = "1-416-555-0142" }, opened, CancellationToken.None)).Error);

        Assert.All([byPhone, byMail, onEdit], taken => Assert.Equal((grace.Id, "Grace Wanjirũ"), (taken.OtherId, taken.OtherName)));
        Assert.Equal((nameof(CustomerEdit.Phone), nameof(CustomerEdit.Email)), (byPhone.Field, byMail.Field));
    }

    [Theory, BothDatabases]
    public async Task Of_two_who_add_the_same_phone_at_once_one_is_told_who_has_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Task.Run(() => Service(shop, TestPeople.Agent).AddAsync(new CustomerEdit { FirstName = $"N{i}", Phone = "416 555 0142" }, CancellationToken.None))));

        Assert.Single(results, r => r.Error is null);
        Assert.Equal(7, results.Count(r => r.Error is CustomerTaken));
    }

    [Theory, BothDatabases]
    public async Task Changes_of_two_people_in_different_fields_both_stay(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var customer = await shop.CustomerAsync("Folake", "Adeyemi", c => c.Diets.Add(new CustomerDiet { CustomerId = c.Id, Diet = Diet.Halal }));
        var (mine, theirs) = (Service(shop, TestPeople.Agent), Service(shop, TestPeople.OtherAgent));
        var opened = (await mine.OpenAsync(customer.Id, CancellationToken.None)).Value;
        await shop.OrderAsync(customer.Id, TestClock.Start, 1_000);
        await theirs.SaveAsync(customer.Id, opened with { City = "Ajax", Diets = [Diet.Halal, Diet.Vegan] }, opened, CancellationToken.None);

        var saved = (await mine.SaveAsync(customer.Id, opened with { LastName = "Balogun" }, opened, CancellationToken.None)).Value;

        Assert.Equal(("Balogun", "Ajax"), (saved.LastName, saved.City));
        Assert.Equal([Diet.Vegan, Diet.Halal], saved.Diets.Order());
        await using var db = shop.Open();
        Assert.Equal((1, 1_000L), await db.Customers.Where(c => c.Id == customer.Id).Select(c => new ValueTuple<int, long>(c.OrderCount, c.SpentMinor)).SingleAsync());
    }

    [Theory, BothDatabases]
    public async Task The_same_field_changed_twice_is_refused_with_both_values_and_their_author(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var customer = await shop.CustomerAsync("Folake", "Adeyemi");
        var (mine, theirs) = (Service(shop, TestPeople.Agent), Service(shop, TestPeople.OtherAgent));
        var opened = (await mine.OpenAsync(customer.Id, CancellationToken.None)).Value;
        await theirs.SaveAsync(customer.Id, opened with { City = "Ajax", FirstName = "Fola" }, opened, CancellationToken.None);

        var clash = Assert.IsType<CustomerChanged>((await mine.SaveAsync(customer.Id, opened with { City = "Toronto" }, opened, CancellationToken.None)).Error);

        Assert.Equal(new Clash(nameof(CustomerEdit.City), "City", Theirs: "Ajax", Mine: "Toronto"), Assert.Single(clash.Clashes));
        Assert.Equal(("Tunde Balogun", "Ajax", "Fola"), (clash.By, clash.Now.City, clash.Now.FirstName));
        Assert.Equal("Ajax", (await mine.OpenAsync(customer.Id, CancellationToken.None)).Value.City);

        var saved = (await mine.SaveAsync(customer.Id, clash.Now with { City = "Toronto" }, clash.Now, CancellationToken.None)).Value;
        Assert.Equal(("Toronto", "Fola"), (saved.City, saved.FirstName));
    }

    [Theory, BothDatabases, Trait("contract", "M-072"), Trait("contract", "M-139")]
    public async Task Management_switches_a_customer_off_and_on_and_an_agent_may_not(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var customer = await shop.CustomerAsync("Folake", "Adeyemi");
        var before = await shop.StoredAsync();

        Assert.IsType<ForbiddenError>((await Service(shop, TestPeople.Agent).SetActiveAsync(customer.Id, false, CancellationToken.None)).Error);
        Assert.Equal(before, await shop.StoredAsync());

        Assert.Null((await Service(shop, TestPeople.Manager).SetActiveAsync(customer.Id, false, CancellationToken.None)).Error);
        await using (var db = shop.Open()) Assert.False(await db.Customers.Where(c => c.Id == customer.Id).Select(c => c.IsActive).SingleAsync());
        Assert.Null((await Service(shop, TestPeople.Owner).SetActiveAsync(customer.Id, true, CancellationToken.None)).Error);
        await using (var db = shop.Open()) Assert.True(await db.Customers.Where(c => c.Id == customer.Id).Select(c => c.IsActive).SingleAsync());
    }

    [Theory, BothDatabases, Trait("contract", "M-041"), Trait("contract", "M-044")]
    public async Task Outsiders_may_neither_read_nor_write_even_their_own_record_here(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var before = await shop.StoredAsync();
        foreach (var desk in shop.Outsiders())
        {
            var service = desk.Get<CustomerService>();
            foreach (var id in new[] { TestPeople.CustomerA.CustomerId!.Value, TestPeople.CustomerB.CustomerId!.Value })
            {
                Assert.IsType<ForbiddenError>((await service.OpenAsync(id, CancellationToken.None)).Error);
                Assert.IsType<ForbiddenError>((await service.SaveAsync(id, new CustomerEdit { FirstName = "Pwned" }, new CustomerEdit(), CancellationToken.None)).Error);
                Assert.IsType<ForbiddenError>((await service.SetActiveAsync(id, false, CancellationToken.None)).Error);
            }
            Assert.IsType<ForbiddenError>((await service.AddAsync(new CustomerEdit { Phone = "416 555 0100" }, CancellationToken.None)).Error);
        }
        Assert.Equal(before, await shop.StoredAsync());
    }

    [Theory, BothDatabases]
    public async Task Another_room_adds_a_customer_inside_its_own_transaction(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var intake = shop.As(TestPeople.Agent).Get<CustomerIntake>();
        await using (var db = shop.Open())
        {
            await using var write = await db.BeginWriteAsync(CancellationToken.None);
            Assert.Null((await intake.AddAsync(db, new NewCustomer { FirstName = "Rolled", Phone = "416 555 0111" }, CancellationToken.None)).Error);
            await db.SaveChangesAsync();
        }
        await using (var db = shop.Open())
        {
            Assert.Null(await intake.FindAsync(db, "416 555 0111", null, CancellationToken.None));
            Assert.Null((await intake.AddAsync(db, new NewCustomer { FirstName = "Kept", Phone = "416 555 0111", Email = "kept@example.org", IsVerified = true }, CancellationToken.None)).Error);
            await db.SaveChangesAsync();
        }
        await using var read = shop.Open();
        var kept = await read.Customers.SingleAsync(c => c.Phone == "+14165550111");
        Assert.True(kept is { FirstName: "Kept", IsVerified: true });
        Assert.Equal(kept.Id, (await intake.FindAsync(read, null, " KEPT@example.org", CancellationToken.None))?.OtherId);
        Assert.Equal(kept.Id, Assert.IsType<CustomerTaken>((await intake.AddAsync(read, new NewCustomer { Email = "kept@example.org" }, CancellationToken.None)).Error).OtherId);
    }

    [Theory, BothDatabases]
    public async Task A_record_is_claimed_by_one_account_only(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var customer = await shop.CustomerAsync("Walk", "In");
        var intake = shop.As(TestPeople.Agent).Get<CustomerIntake>();
        await using var db = shop.Open();

        Assert.Null((await intake.LinkAccountAsync(db, customer.Id, TestPeople.Agent.UserId, true, CancellationToken.None)).Error);
        await db.SaveChangesAsync();

        Assert.IsType<ConflictError>((await intake.LinkAccountAsync(db, customer.Id, TestPeople.OtherAgent.UserId, true, CancellationToken.None)).Error);
        Assert.IsType<CustomerNotFound>((await intake.LinkAccountAsync(db, Guid.CreateVersion7(), TestPeople.OtherAgent.UserId, true, CancellationToken.None)).Error);
    }

    private static CustomerService Service(TestShop shop, TestPerson person) => shop.As(person).Get<CustomerService>();
}
