using Bunit;
using Crm.Data.Storage;
using Crm.Web.Features.Customers;
using Crm.Web.Features.Settings;
using Crm.Web.Tests.Ground;
using Crm.Web.Ui.Forms;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Customers;

public sealed class CustomerFormTests : BunitContext
{
    [Fact, Trait("contract", "M-055")]
    public async Task A_field_says_what_is_wrong_when_it_is_left_and_other_fields_stay_quiet()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var form = Form(shop, TestPeople.Agent);

        await form.InvokeAsync(() => form.Find("#f-phone").ChangeAsync("555"));

        Assert.Equal("true", form.Find("#f-phone").GetAttribute("aria-invalid"));
        Assert.Contains("not a whole phone number", form.Find("#f-phone-note").TextContent, StringComparison.Ordinal);
        Assert.Null(form.Find("#f-e-mail").GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task A_taken_phone_leads_to_its_owner_and_a_free_one_is_saved()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var grace = await shop.CustomerAsync("Grace", "Wanjirũ", c => c.SetPhone("+14165550142"));
        Guid? saved = null;
        var form = Form(shop, TestPeople.Agent, id => saved = id);

        await form.InvokeAsync(() => form.Find("#f-first-name").ChangeAsync("Amina"));
        await form.InvokeAsync(() => form.Find("#f-phone").ChangeAsync("416 555 0142"));
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        form.WaitForAssertion(() => Assert.Equal(("Open Grace Wanjirũ", $"/customers/{grace.Id}"), (form.Find("a.link").TextContent, form.Find("a.link").GetAttribute("href"))));
        Assert.Null(saved);

        await form.InvokeAsync(() => form.Find("#f-phone").ChangeAsync("416 555 0143"));
        Assert.Empty(form.FindAll("a.link"));
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());

        form.WaitForAssertion(() => Assert.NotNull(saved));
        await using var db = shop.Open();
        Assert.Equal("+14165550143", await db.Customers.Where(c => c.Id == saved).Select(c => c.Phone).SingleAsync());
    }

    [Theory]
    [InlineData(true, "Toronto")]
    [InlineData(false, "Ajax")]
    public async Task When_two_changed_the_same_field_both_values_are_shown_and_the_choice_is_saved(bool keepMine, string city)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var customer = await shop.CustomerAsync("Folake", "Adeyemi");
        var form = Form(shop, TestPeople.Agent, customerId: customer.Id);
        form.WaitForElement("#f-city");
        await form.InvokeAsync(() => form.Find("#f-city").ChangeAsync("Toronto"));
        await form.InvokeAsync(() => form.Find("#f-last-name").ChangeAsync("Balogun"));
        var other = shop.As(TestPeople.OtherAgent).Get<CustomerService>();
        var theirs = (await other.OpenAsync(customer.Id, CancellationToken.None)).Value;
        await other.SaveAsync(customer.Id, theirs with { City = "Ajax", FirstName = "Fola" }, theirs, CancellationToken.None);

        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        form.WaitForAssertion(() => Assert.Equal(["Yours: Toronto", "Tunde Balogun: Ajax"], form.FindAll(".msg .check span").Select(s => s.TextContent)));
        if (!keepMine) await form.InvokeAsync(() => form.FindAll(".msg input[type=radio]")[1].ChangeAsync(true));
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());

        form.WaitForAssertion(() => Assert.Empty(form.FindAll(".msg")));
        var stored = (await other.OpenAsync(customer.Id, CancellationToken.None)).Value;
        Assert.Equal((city, "Fola", "Balogun"), (stored.City, stored.FirstName, stored.LastName));
    }

    [Fact]
    public async Task What_is_written_is_told_and_kept_as_a_draft_until_it_is_saved_once()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var saved = new List<Guid>();
        var form = Form(shop, TestPeople.Agent, saved.Add);
        Assert.All(form.FindAll("input.in, textarea.in, select.in"), field => Assert.StartsWith("customer-form/new/", field.GetAttribute("data-draft"), StringComparison.Ordinal));

        await form.InvokeAsync(() => form.Find("#f-first-name").ChangeAsync("Amina"));
        Assert.Equal([true], dirty);
        await form.InvokeAsync(() => form.Find("#f-first-name").ChangeAsync(""));
        Assert.Equal([true, false], dirty);
        await form.InvokeAsync(() => form.Find("#f-first-name").ChangeAsync("Amina"));
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());

        Assert.Single(saved);
        Assert.Equal([true, false, true, false], dirty);
        Assert.Equal("customer-form/new/", JSInterop.Invocations["shell.forgetDrafts"].Single().Arguments[0]);
        await using var db = shop.Open();
        Assert.Equal(1, await db.Customers.CountAsync(c => c.FirstName == "Amina"));
    }

    private readonly List<bool> dirty = [];

    private IRenderedComponent<CustomerForm> Form(TestShop shop, TestPerson person, Action<Guid>? onSaved = null, Guid? customerId = null)
    {
        Services.AddSingleton(shop.As(person).Get<CustomerService>()).AddSingleton(shop.Get<Shop>()).AddScoped<Drafts>();
        JSInterop.Mode = JSRuntimeMode.Loose;
        return Render<CustomerForm>(form => form.Add(f => f.CustomerId, customerId).Add(f => f.OnSaved, id => onSaved?.Invoke(id)).Add(f => f.OnDirty, dirty.Add));
    }
}
