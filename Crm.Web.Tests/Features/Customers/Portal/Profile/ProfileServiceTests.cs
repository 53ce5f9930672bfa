using System.Text.Json;
using Crm.Data.Customers;
using Crm.Data.Storage;
using Crm.Web.Features.Customers.Portal;
using Crm.Web.Features.Customers.Portal.Profile;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers.Portal.Profile;

public sealed class ProfileServiceTests
{
    [Theory, BothDatabases, Trait("contract", "M-069")]
    public async Task A_customer_changes_their_own_profile(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var profiles = shop.As(TestPeople.CustomerA).Get<ProfileService>();
        var opened = (await profiles.OpenAsync(default)).Value.Edit;
        var typed = opened with
        {
            FirstName = " Achieng  Grace ",
            Phone = "(416) 555-0134",
            Street = "1 Danforth Avenue",
            City = "Toronto",
            PostalCode = "m4j1a1",
            Country = "CA",
            Language = "sw",
            Diets = [Diet.NutAllergy, Diet.Halal],
            DietNote = "No groundnut oil.",
            FavouriteNote = "Fresh callaloo on Fridays.",
        };

        var saved = (await profiles.SaveAsync(typed, opened, default)).Value;

        Assert.Equal(("Achieng Grace", "+14165550134", "M4J 1A1"), (saved.Edit.FirstName, saved.Edit.Phone, saved.Edit.PostalCode));
        await using var db = shop.Open();
        var customer = await db.Customers.Include(c => c.Addresses).Include(c => c.Diets).SingleAsync(c => c.Id == TestPeople.CustomerA.CustomerId);
        Assert.Equal(("Achieng Grace Otieno", "sw", "Toronto", "Canada"), (customer.Name, customer.Language, customer.City, customer.Country));
        Assert.Equal([Diet.Halal, Diet.NutAllergy], customer.Diets.Select(d => d.Diet).Order());
        var address = Assert.Single(customer.Addresses);
        Assert.Equal((AddressKind.Shipping, true, "1 Danforth Avenue", "CA"), (address.Kind, address.IsDefault, address.Street, address.Country));
        Assert.Equal(("achieng@example.com", TestPeople.CustomerA.UserId, 0), (customer.Email, customer.UserId, customer.PointsBalance));
        Assert.Equal("Ọláyínká ZZ-B-SECRET", (await db.Customers.SingleAsync(c => c.Id == TestPeople.CustomerB.CustomerId)).Name);
    }

    [Fact]
    public void The_input_holds_nothing_that_a_customer_may_not_change() => Assert.Equal(
        ["Apartment", "City", "Country", "DietNote", "Diets", "FavouriteNote", "FirstName", "Language", "LastName", "Phone", "PostalCode", "Province", "Street"],
        typeof(ProfileEdit).GetProperties().Where(p => p.CanWrite).Select(p => p.Name).Order(StringComparer.Ordinal));

    [Theory, BothDatabases]
    public async Task Every_complaint_stands_at_its_field_and_nothing_is_saved(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var profiles = shop.As(TestPeople.CustomerA).Get<ProfileService>();
        var opened = (await profiles.OpenAsync(default)).Value.Edit;
        var typed = opened with { FirstName = "  ", Phone = "555", Street = "1 Bay Street", PostalCode = "12345", Country = "CA", Language = "xx" };

        var refusal = Assert.IsType<InvalidError>((await profiles.SaveAsync(typed, opened, default)).Error);

        Assert.Equal(["City", "FirstName", "Language", "Phone", "PostalCode"], refusal.All.Select(c => c.Field).Order(StringComparer.Ordinal));
        Assert.Equal("Achieng", (await profiles.OpenAsync(default)).Value.Edit.FirstName);
    }

    [Theory, BothDatabases, Trait("contract", "M-069")]
    public async Task What_two_windows_changed_in_different_fields_is_laid_together(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var profiles = shop.As(TestPeople.CustomerA).Get<ProfileService>();
        var opened = (await profiles.OpenAsync(default)).Value.Edit;
        await profiles.SaveAsync(opened with { Phone = "+254722123456" }, opened, default);

        var saved = (await profiles.SaveAsync(opened with { LastName = "Akinyi" }, opened, default)).Value;

        Assert.Equal(("+254722123456", "Akinyi"), (saved.Edit.Phone, saved.Edit.LastName));
    }

    [Theory, BothDatabases]
    public async Task What_two_windows_changed_in_the_same_field_is_shown_with_both_values_and_nothing_is_lost(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var profiles = shop.As(TestPeople.CustomerA).Get<ProfileService>();
        var opened = (await profiles.OpenAsync(default)).Value.Edit;
        await profiles.SaveAsync(opened with { LastName = "Theirs", DietNote = "No fish." }, opened, default);

        var changed = Assert.IsType<ProfileChanged>((await profiles.SaveAsync(opened with { LastName = "Mine", Language = "fr" }, opened, default)).Error);

        var clash = Assert.Single(changed.Clashes);
        Assert.Equal(("LastName", "Mine", "Theirs"), (clash.Field, clash.Mine, clash.Theirs));
        Assert.Equal(("Mine", "No fish.", "fr"), (changed.Mine.LastName, changed.Mine.DietNote, changed.Mine.Language));
        Assert.Equal("Theirs", (await profiles.OpenAsync(default)).Value.Edit.LastName);

        var saved = (await profiles.SaveAsync(changed.Mine, changed.Now, default)).Value;
        Assert.Equal(("Mine", "No fish.", "fr"), (saved.Edit.LastName, saved.Edit.DietNote, saved.Edit.Language));
    }

    [Theory, BothDatabases]
    public async Task A_sale_at_the_counter_does_not_stand_in_the_way_of_saving(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var profiles = shop.As(TestPeople.CustomerA).Get<ProfileService>();
        var opened = (await profiles.OpenAsync(default)).Value.Edit;
        await shop.GivePointsAsync(TestPeople.CustomerA, 50);

        Assert.Null((await profiles.SaveAsync(opened with { LastName = "Akinyi" }, opened, default)).Error);

        await using var db = shop.Open();
        Assert.Equal(50, (await db.Customers.SingleAsync(c => c.Id == TestPeople.CustomerA.CustomerId)).PointsBalance);
    }

    [Theory, BothDatabases]
    public async Task A_number_of_another_record_is_refused_without_a_word_about_whose_it_is(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        {
            (await db.Customers.SingleAsync(c => c.Id == TestPeople.CustomerB.CustomerId)).SetPhone("+14165550199");
            await db.SaveChangesAsync();
        }
        var profiles = shop.As(TestPeople.CustomerA).Get<ProfileService>();
        var opened = (await profiles.OpenAsync(default)).Value.Edit;

        var refusal = (await profiles.SaveAsync(opened with { Phone = "416 555 0199" }, opened, default)).Error;

        Assert.Equal("Phone", Assert.IsType<PhoneElsewhere>(refusal).Field);
        Assert.DoesNotContain("ZZ-B-SECRET", JsonSerializer.Serialize<object>(refusal));
        Assert.Null((await profiles.OpenAsync(default)).Value.Edit.Phone);
    }

    [Theory, BothDatabases]
    public async Task An_address_that_is_emptied_goes_and_one_that_is_changed_stays_one(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var profiles = shop.As(TestPeople.CustomerA).Get<ProfileService>();
        var bare = (await profiles.OpenAsync(default)).Value.Edit;
        var first = (await profiles.SaveAsync(bare with { Street = "Ngong Road", City = "Nairobi", Country = "KE" }, bare, default)).Value.Edit;
        var second = (await profiles.SaveAsync(first with { Street = "Kimathi Street" }, first, default)).Value.Edit;
        await using (var db = shop.Open()) Assert.Equal("Kimathi Street", (await db.CustomerAddresses.SingleAsync()).Street);

        var gone = (await profiles.SaveAsync(second with { Street = "", City = " " }, second, default)).Value.Edit;

        Assert.True(gone.HasNoAddress);
        await using var after = shop.Open();
        Assert.Empty(await after.CustomerAddresses.ToListAsync());
        Assert.Null((await after.Customers.SingleAsync(c => c.Id == TestPeople.CustomerA.CustomerId)).City);
    }

    [Theory, BothDatabases]
    public async Task Taking_the_phone_number_out_ends_the_consent_to_text_messages(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = shop.As(TestPeople.CustomerA);
        var opened = (await desk.Get<ProfileService>().OpenAsync(default)).Value.Edit;
        var withPhone = (await desk.Get<ProfileService>().SaveAsync(opened with { Phone = "+254722123456" }, opened, default)).Value.Edit;
        await desk.Get<NotificationService>().SetAsync(ConsentChannel.Sms, true, default);

        var saved = (await desk.Get<ProfileService>().SaveAsync(withPhone with { Phone = null }, withPhone, default)).Value;

        Assert.False(saved.Channels.Single(c => c.Channel is ConsentChannel.Sms).On);
        await using var db = shop.Open();
        Assert.NotNull((await db.ConsentReceipts.SingleAsync()).WithdrawnAt);
    }

    [Theory, BothDatabases]
    public async Task Nobody_else_opens_or_saves_a_profile(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        foreach (var desk in new[] { shop.As(TestPeople.Owner), shop.As(TestPeople.Agent), shop.AsStranger() })
        {
            Assert.IsType<NotACustomer>((await desk.Get<ProfileService>().OpenAsync(default)).Error);
            Assert.IsType<NotACustomer>((await desk.Get<ProfileService>().SaveAsync(new ProfileEdit { FirstName = "X" }, new ProfileEdit(), default)).Error);
        }
        await using var db = shop.Open();
        Assert.Equal(["Achieng", "Ọláyínká"], (await db.Customers.Select(c => c.FirstName).ToListAsync()).Order(StringComparer.Ordinal));
    }
}
