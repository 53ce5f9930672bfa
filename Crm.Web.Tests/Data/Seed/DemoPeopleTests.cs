using System.Text.RegularExpressions;
using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Leads;
using Crm.Data.Seed;
using Crm.Data.Storage;
using Crm.Web.Platform.Phones;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Data.Seed;

[Collection(SeededShops.Name)]
public sealed partial class DemoPeopleTests(SeededShops shops)
{
    [Theory, BothDatabases]
    public async Task The_demo_people_are_there_with_their_roles(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var roles = await (from u in db.Users join ur in db.UserRoles on u.Id equals ur.UserId join r in db.Roles on ur.RoleId equals r.Id select new { u.Id, u.UserName, r.Name }).ToListAsync();

        Assert.Equal(DemoPeople.All.Select(p => (p.Id, p.UserName, p.Role)).Order(), roles.Select(r => (r.Id, r.UserName!, r.Name!)).Order());
    }

    [Theory, BothDatabases]
    public async Task The_demo_customer_is_gold_has_2480_points_and_ordered_today(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var customer = await db.Customers.AsNoTracking().Include(c => c.Tier).Include(c => c.Addresses).Include(c => c.Favourites).Include(c => c.Diets)
            .SingleAsync(c => c.UserId == DemoPeople.Customer.Id);

        Assert.Equal(("Achieng Otieno", DemoPeople.Customer.Email, DemoPeople.Customer.Phone), (customer.Name, customer.Email, customer.Phone));
        Assert.Equal(("Gold", 2480, 31), (customer.Tier?.Name, customer.PointsBalance, customer.OrderCount));
        Assert.Equal(TestClock.Start.Date, customer.LastOrderAt?.Date);
        Assert.True(customer.IsVerified && customer.Addresses.Count >= 2 && customer.Favourites.Count > 3 && customer.Diets.Count > 0);
    }

    [Theory, BothDatabases]
    public async Task Phones_are_unique_whole_numbers_of_many_countries_and_mail_reaches_nobody_real(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var customers = await db.Customers.AsNoTracking().ToListAsync();
        var phones = customers.Select(c => c.Phone).OfType<string>().ToList();

        Assert.Equal(phones.Count, phones.Distinct().Count());
        Assert.All(phones, p => Assert.True(PhoneNumber.TryParse(p, "CA", out var e164) && e164 == p, p));
        Assert.All(["+1416", "+1876", "+1868", "+254", "+233", "+234", "+221", "+251", "+509"], code => Assert.Contains(phones, p => p.StartsWith(code, StringComparison.Ordinal)));
        Assert.All(customers, c => Assert.True(c.Phone is not null || c.Email is not null, c.Name));
        Assert.All(customers.Select(c => c.Email).OfType<string>(), mail => Assert.Matches(Reserved(), mail));
    }

    [Theory, BothDatabases]
    public async Task Names_keep_their_accents_and_are_found_without(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var names = await db.Customers.Select(c => c.FirstName + " " + c.LastName).ToListAsync();

        Assert.All(["Nkẹ́chi", "Ọláyínká", "Wanjirũ", "Ngũgĩ", "Adébáyò", "Ndèye"], name => Assert.Contains(names, n => n.Contains(name, StringComparison.Ordinal)));
        Assert.NotEmpty(await Crm.Data.Search.SearchIndex.FindAsync(db, "olayinka", [ChangeKinds.Customer], 5, CancellationToken.None));
        Assert.NotEmpty(await Crm.Data.Search.SearchIndex.FindAsync(db, "gombo", [ChangeKinds.Product], 5, CancellationToken.None));
    }

    [Theory, BothDatabases]
    public async Task A_switch_that_is_on_has_an_open_receipt_and_one_that_is_off_has_none(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var open = (await db.ConsentReceipts.AsNoTracking().Where(c => c.WithdrawnAt == null).ToListAsync()).ToLookup(c => c.CustomerId, c => c.Channel);
        var customers = await db.Customers.AsNoTracking().ToListAsync();

        Assert.All(customers, c => Assert.Equal(
            (c.NotifyByEmail, c.NotifyBySms, c.NotifyByPush),
            (open[c.Id].Contains(ConsentChannel.Email), open[c.Id].Contains(ConsentChannel.Sms), open[c.Id].Contains(ConsentChannel.Push))));
        Assert.True(await db.ConsentReceipts.AnyAsync(c => c.WithdrawnAt != null));
    }

    [Theory, BothDatabases, Trait("contract", "M-301"), Trait("contract", "M-303")]
    public async Task At_least_ten_leads_are_Kenyan_companies_with_Kenyan_phones(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var leads = await db.Leads.AsNoTracking().Include(l => l.Contacts).ToListAsync();
        var kenyan = leads.Where(l => l.Phone!.StartsWith("+254", StringComparison.Ordinal)).ToList();

        Assert.Equal(24, leads.Count);
        Assert.True(kenyan.Count >= 10);
        Assert.All(kenyan, l => Assert.False(string.IsNullOrEmpty(l.Company)));
        Assert.Equal(kenyan.Count, kenyan.Select(l => l.Company).Distinct().Count());
        Assert.All(kenyan.SelectMany(l => l.Contacts).Where(c => c.Phone is not null), c => Assert.Matches(Kenyan(), c.Phone));
    }

    [Theory, BothDatabases, Trait("contract", "M-302")]
    public async Task Every_lead_has_one_primary_contact_notes_and_talks_and_the_Kenyan_ones_reminders_too(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var leads = await db.Leads.AsNoTracking().Include(l => l.Contacts).Include(l => l.Notes).Include(l => l.Reminders).AsSplitQuery().ToListAsync();
        var talks = (await db.Correspondence.AsNoTracking().ToListAsync()).ToLookup(c => c.LeadId);

        Assert.All(leads, l => Assert.Single(l.Contacts, c => c.IsPrimary));
        Assert.All(leads, l => Assert.True(l.Notes.Count > 0 && l.Notes.All(n => n.AuthorId is not null), l.Name));
        Assert.All(leads, l => Assert.True(talks[l.Id].Any() && talks[l.Id].All(t => l.Contacts.Any(c => c.Id == t.ContactId)), l.Name));
        Assert.All(leads.Where(l => l.Phone!.StartsWith("+254", StringComparison.Ordinal)), l => Assert.NotEmpty(l.Reminders));
    }

    [Theory, BothDatabases]
    public async Task The_board_has_every_stage_stale_ones_late_ones_and_things_to_do_today(DatabaseKind kind)
    {
        await using var db = (await shops.OpenAsync(kind)).Open();
        var (now, tomorrow, quiet) = (TestClock.Start, TestClock.Start.Date.AddDays(1).AddHours(5), TestClock.Start.AddDays(-14));
        var leads = await db.Leads.AsNoTracking().ToListAsync();
        var waiting = await db.Reminders.AsNoTracking().Where(r => r.DoneAt == null && r.Status != ReminderStatus.Cancelled).ToListAsync();

        Assert.All(Enum.GetValues<LeadStatus>(), status => Assert.True(leads.Count(l => l.Status == status) >= 3));
        Assert.All(Enum.GetValues<LeadPriority>(), priority => Assert.Contains(leads, l => l.Priority == priority));
        Assert.Equal([DemoPeople.Manager.Id, DemoPeople.Agent.Id, DemoPeople.Agent2.Id], leads.Select(l => l.OwnerId!.Value).Distinct().Order());
        Assert.True(leads.Count(l => l.IsOpen && l.TouchedAt < quiet) >= 2);
        Assert.True(waiting.Count(r => r.DueAt < now) >= 3);
        Assert.True(waiting.Count(r => r.DueAt > now && r.DueAt < tomorrow) >= 3);
        Assert.True(waiting.Count(r => r.DueAt > tomorrow) >= 5);
        Assert.All(waiting, r => Assert.Equal(r.DueAt <= now ? ReminderStatus.Sent : ReminderStatus.Pending, r.Status)); // nothing of the past pours out at the first start
        Assert.All(leads.Where(l => l.Status is LeadStatus.Converted), l => Assert.NotNull(l.ConvertedCustomerId));
        Assert.All(leads.Where(l => l.Status is LeadStatus.Lost), l => Assert.False(string.IsNullOrEmpty(l.LostNote)));
    }

    [GeneratedRegex(@"@([a-z]+\.)?example(\.(com|org|net))?$", RegexOptions.NonBacktracking)]
    private static partial Regex Reserved();

    [GeneratedRegex(@"^\+254(7|1)\d{8}$", RegexOptions.NonBacktracking)]
    private static partial Regex Kenyan();
}
