using System.Net;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.List;
using Crm.Web.Features.Leads.WebForm;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.WebForm;

public sealed class EnquiryTests(TestSites sites) : IClassFixture<TestSites>
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task An_enquiry_is_a_lead_with_its_person_and_what_they_agreed_to(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.LeadAsync("An older one");

        Assert.Null((await shop.AsStranger().Get<EnquiryService>().SendAsync(Filled(), Ct)).Error);

        await using var db = shop.Open();
        var lead = await db.Leads.Include(l => l.Contacts).OrderBy(l => l.Rank).FirstAsync(Ct);
        Assert.Equal(("Savannah Plates", "Web form", LeadStatus.New, "+14165550133"), (lead.Name, lead.Source, lead.Status, lead.Phone));
        Assert.Equal((new WebFormOptions().Consent, shop.Clock.Now), (lead.ConsentWording, lead.ConsentAt));
        Assert.Equal(("Wambūi Ndung'u", true, "wambui@mail.example"), (lead.Contacts[0].Name, lead.Contacts[0].IsPrimary, lead.Contacts[0].Email));
        Assert.Null(lead.OwnerId);
    }

    [Theory, BothDatabases]
    public async Task What_a_machine_fills_in_and_what_comes_twice_is_taken_and_kept_once_at_most(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var enquiries = shop.AsStranger().Get<EnquiryService>();
        var machine = Filled();
        machine.Website = "https://spam.example";

        Assert.Null((await enquiries.SendAsync(machine, Ct)).Error);
        Assert.Equal(0, await CountAsync(shop));
        Assert.Null((await enquiries.SendAsync(Filled(), Ct)).Error);
        Assert.Null((await enquiries.SendAsync(Filled(), Ct)).Error);
        Assert.Equal(1, await CountAsync(shop));
        shop.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Null((await enquiries.SendAsync(Filled(), Ct)).Error);
        Assert.Equal(2, await CountAsync(shop));
    }

    [Theory]
    [InlineData(nameof(Enquiry.Name), "", "a@mail.example", "", "", true)]
    [InlineData(nameof(Enquiry.Email), "Kwame", "", "", "", true)]
    [InlineData(nameof(Enquiry.Email), "Kwame", "not an address", "", "", true)]
    [InlineData(nameof(Enquiry.Phone), "Kwame", "", "12", "", true)]
    [InlineData(nameof(Enquiry.Agrees), "Kwame", "a@mail.example", "", "", false)]
    [InlineData(nameof(Enquiry.Message), "Kwame", "a@mail.example", "", "too long", true)]
    public async Task What_cannot_be_taken_is_said_at_its_field_and_nothing_is_kept(string field, string name, string email, string phone, string message, bool agrees)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var enquiry = new Enquiry { Name = name, Email = email, Phone = phone, Message = message.Length == 0 ? "" : new string('x', Enquiry.MessageLength + 1), Agrees = agrees };

        var refusal = Assert.IsType<InvalidError>((await shop.AsStranger().Get<EnquiryService>().SendAsync(enquiry, Ct)).Error);

        Assert.NotNull(refusal.For(field));
        Assert.Equal(0, await CountAsync(shop));
    }

    [Theory, BothDatabases]
    public async Task One_address_may_ask_ten_times_an_hour(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var enquiries = shop.AsStranger().Get<EnquiryService>();
        for (var i = 0; i < 10; i++) Assert.IsNotType<TooManyRequests>((await enquiries.SendAsync(new Enquiry(), Ct)).Error);

        Assert.IsType<TooManyRequests>((await enquiries.SendAsync(Filled(), Ct)).Error);

        shop.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null((await enquiries.SendAsync(Filled(), Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task The_page_works_without_script_and_cookie_and_programs_have_an_address(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var browser = site.Browser();
        await browser.GoAsync("/enquiry");
        Assert.Contains("frame-ancestors 'none'", browser.Answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        await browser.PostAsync("/enquiry", [new("_handler", "enquiry"), new("Form.Name", "Kwame"), new("Form.Email", "kwame@mail.example"), new("Form.Agrees", "true")]);
        Assert.Equal("/enquiry?sent=1", browser.Location);
        await browser.GoAsync("/enquiry?sent=1");
        Assert.Equal(["/enquiry", "/"], browser.Page.QuerySelectorAll("main a").Select(a => a.GetAttribute("href")));
        await browser.PostAsync("/enquiry", [new("_handler", "enquiry"), new("Form.Name", "Kwame"), new("Form.Email", "kwame@mail.example")]);
        Assert.Equal("no-cache, private", browser.Answer.Headers.CacheControl?.ToString()); // Back finds it again
        Assert.Contains("Without your word", browser.Text, StringComparison.Ordinal);

        using var program = site.Program();
        var made = await program.PostAsync("/api/v1/enquiries/", new { name = "Abeba", phone = "416 555 0188", consent = true, message = "A hamper" });
        Assert.Equal((HttpStatusCode.Created, "Thank you. We will answer soon."), (made.Status, made["message"]));
        var refused = await program.PostAsync("/api/v1/enquiries/", new { name = "Abeba" });
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(["email", "consent"], refused.Names);

        await using var db = site.Open();
        Assert.Equal(["Abeba", "Kwame"], await db.Leads.Where(l => l.Source == "Web form").OrderBy(l => l.Name).Select(l => l.Name).ToListAsync(Ct));
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-152")]
    public async Task Whoever_comes_from_social_media_says_so_by_the_address_on_the_page_and_for_programs(DatabaseKind kind)
    {
        var site = await sites.OfAsync(kind);
        using var browser = site.Browser();
        await browser.GoAsync("/enquiry?utm_source=instagram&utm_campaign=jollof_june");
        await browser.PostAsync("/enquiry?utm_source=instagram&utm_campaign=jollof_june", [new("_handler", "enquiry"), new("Form.Name", "Sade Social"), new("Form.Email", "sade@mail.example"), new("Form.Agrees", "true")]);
        Assert.Equal("/enquiry?sent=1", browser.Location);

        using var program = site.Program();
        Assert.Equal(HttpStatusCode.Created, (await program.PostAsync("/api/v1/enquiries/", new { name = "Femi Social", phone = "416 555 0189", consent = true, via = "tiktok" })).Status);
        Assert.Equal(HttpStatusCode.Created, (await program.PostAsync("/api/v1/enquiries/?utm_source=fb&utm_medium=post", new { name = "Zola Social", phone = "416 555 0187", consent = true })).Status);

        await using var db = site.Open();
        var leads = await db.Leads.Include(l => l.Notes).Where(l => l.Name.EndsWith("Social")).OrderBy(l => l.Name).ToListAsync(Ct);
        Assert.Equal([("Femi Social", "TikTok", null), ("Sade Social", "Instagram", "Came from Instagram by the web form. Campaign: jollof june."), ("Zola Social", "Facebook", "Came from Facebook by the web form. Medium: post.")],
            leads.Select(l => (l.Name, l.Source, l.Notes.SingleOrDefault()?.Text)));
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-152")]
    public async Task What_a_place_brings_can_be_counted_by_the_filter_of_sources(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        for (var at = 0; at < 3; at++)
        {
            var enquiry = Filled();
            (enquiry.Email, enquiry.Origin) = ($"guest{at}@mail.example", new EnquiryOrigin(at < 2 ? "instagram" : null));
            Assert.Null((await shop.AsStranger().Get<EnquiryService>().SendAsync(enquiry, Ct)).Error);
        }
        var desk = shop.As(TestPeople.Agent);

        Assert.Equal(["Instagram", "Web form"], (await desk.Get<LeadBoardQueries>().SourcesAsync(Ct)).Value);
        Assert.Equal(2, (await desk.Get<LeadListQueries>().TotalsAsync(new LeadFilter { Sources = ["Instagram"] }, Ct)).Value.Leads);
    }

    private static Enquiry Filled() => new()
    {
        Name = "Wambūi Ndung'u",
        Company = "Savannah Plates",
        Email = "wambui@mail.example",
        Phone = "(416) 555-0133",
        Message = "Jollof for eighty, every second Friday.",
        Agrees = true,
    };

    private static async Task<int> CountAsync(TestShop shop)
    {
        await using var db = shop.Open();
        return await db.Leads.CountAsync(Ct);
    }
}
