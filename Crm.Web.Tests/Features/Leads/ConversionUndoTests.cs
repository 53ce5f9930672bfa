using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.RoleRights;
using Crm.Web.Features.Customers.Notes;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Crm.Web.Tests.Features.Leads.Opportunities;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads;

/// <summary>A conversion with all that it brings, and its way back.</summary>
[Trait("contract", "M-138")]
public sealed class ConversionUndoTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    [Trait("contract", "M-126")]
    [Trait("contract", "M-127")]
    public async Task To_convert_and_to_take_it_back_changes_nothing_and_to_undo_that_converts_again(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        foreach (var (name, edit) in new (string, Func<ConversionEdit>)[]
        {
            ("a new customer", () => new ConversionEdit { FirstName = "Merle", LastName = "Ramsaran", Phone = "(868) 622-1234" }),
            ("a known one", () => new ConversionEdit { CustomerId = TestPeople.CustomerB.CustomerId }),
            ("with an opportunity", () => new ConversionEdit { FirstName = "Merle", Deal = new() { Title = "Weekly roti", Amount = "31.50", ExpectedOn = new DateOnly(2026, 12, 24) } }),
            ("a known one with an opportunity", () => new ConversionEdit { CustomerId = TestPeople.CustomerB.CustomerId, Deal = new() { Title = "Weekly roti" } }),
        })
        {
            var lead = await shop.LeadAsync(name, LeadStatus.Qualified, 3150_00, TestPeople.Agent);
            var below = await shop.LeadAsync("Below", LeadStatus.Qualified);
            var deal = await shop.DealAsync("Known already", 1, "12", leadId: lead);
            var before = await ContentsAsync(shop);
            shop.Clock.Advance(TimeSpan.FromMinutes(1));

            var change = (await Conversion(shop).ConvertAsync(lead, edit(), LeadPlace.Top, Ct)).Value.ChangeId!.Value;
            await using (var db = shop.Open())
            {
                var customer = (await db.Leads.SingleAsync(l => l.Id == lead, Ct)).ConvertedCustomerId;
                var known = await db.Opportunities.SingleAsync(o => o.Id == deal, Ct);
                Assert.Equal((customer, lead), (known.CustomerId, known.LeadId));
                Assert.Single(await db.AuditEntries.Where(a => a.ChangeId == change && a.EntityId == lead).ToListAsync(Ct));
            }
            var after = await ContentsAsync(shop);
            Assert.Equal(new ConversionBack(change, null), (await Conversion(shop).LookBackAsync(lead, Ct)).Value);
            Same($"{name}, looked back at", after, await ContentsAsync(shop));
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            var undone = (await UndoAsync(shop, change)).Value;
            Same($"{name}, taken back", before, await ContentsAsync(shop));

            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            var again = (await UndoAsync(shop, undone.ChangeId)).Value;
            Same($"{name}, converted again", after, await ContentsAsync(shop));
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Null((await UndoAsync(shop, again.ChangeId)).Error);
            Assert.NotEqual(lead, below);
        }
    }

    [Theory, BothDatabases]
    public async Task What_hangs_on_the_new_customer_keeps_the_conversion_and_the_refusal_says_what(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Merle", LeadStatus.Qualified);
        var wish = new ConversionEdit { FirstName = "Merle", Deal = new() { Title = "Roti" } };
        var change = (await Conversion(shop).ConvertAsync(lead, wish, LeadPlace.Top, Ct)).Value.ChangeId!.Value;
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Guid customer;
        await using (var db = shop.Open()) customer = (await db.Leads.SingleAsync(Ct)).ConvertedCustomerId!.Value;
        Assert.Null((await shop.As(TestPeople.Agent).Get<NoteService>().AddAsync(customer, "Likes channa", Ct)).Error);
        var before = await ContentsAsync(shop);

        Assert.Equal(change, (await Conversion(shop).LookBackAsync(lead, Ct)).Value!.ChangeId);
        Assert.Contains("There is a note about them by now.", (await Conversion(shop).LookBackAsync(lead, Ct)).Value!.Hindrance, StringComparison.Ordinal);
        Same("looked at", before, await ContentsAsync(shop));
        var refusal = Assert.IsType<UndoNotWhole>((await UndoAsync(shop, change)).Error);
        Assert.Contains("Merle: There is a note about them by now.", refusal.Message, StringComparison.Ordinal);
        Same("refused", before, await ContentsAsync(shop));
    }

    [Theory, BothDatabases]
    public async Task An_opportunity_that_was_worked_on_since_keeps_the_conversion(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Merle", LeadStatus.Qualified);
        var wish = new ConversionEdit { CustomerId = TestPeople.CustomerB.CustomerId, DealId = Guid.CreateVersion7(), Deal = new() { Title = "Roti" } };
        var change = (await Conversion(shop).ConvertAsync(lead, wish, LeadPlace.Top, Ct)).Value.ChangeId!.Value;
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await shop.As(TestPeople.OtherAgent).Get<OpportunityMoves>().MoveAsync(wish.DealId!.Value, (await shop.StagesAsync())[2].Id, LeadPlace.Top, null, null, Ct)).Error);
        var before = await ContentsAsync(shop);

        Assert.Contains("Roti: Tunde Balogun worked on it since.", Assert.IsType<UndoNotWhole>((await UndoAsync(shop, change)).Error).Message, StringComparison.Ordinal);
        Same("refused", before, await ContentsAsync(shop));
    }

    [Theory, BothDatabases]
    public async Task A_wrong_opportunity_or_a_customer_who_is_taken_leaves_nothing_by_half(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Merle");
        var before = await ContentsAsync(shop);
        foreach (var (edit, field) in new (ConversionEdit, string)[]
        {
            (new() { FirstName = "Merle", Deal = new() { Amount = "5" } }, "Title"),
            (new() { FirstName = "Merle", Deal = new() { Title = "Roti", Amount = "-5" } }, "Amount"),
            (new() { FirstName = "Merle", Deal = new() { Title = "Roti", StageId = Guid.CreateVersion7() } }, "StageId"),
            (new() { FirstName = "Merle", Deal = new() { Title = "Roti", StageId = (await shop.StagesAsync())[4].Id } }, "Reason"),
        })
        {
            Assert.NotNull(Assert.IsType<InvalidError>((await Conversion(shop).ConvertAsync(lead, edit, LeadPlace.Top, Ct)).Error, exactMatch: false).For(field));
        }
        Assert.NotNull((await Conversion(shop).ConvertAsync(lead, new() { FirstName = "X", Email = "achieng@example.com", Deal = new() { Title = "Roti" } }, LeadPlace.Top, Ct)).Error);
        Same("refused", before, await ContentsAsync(shop));
    }

    [Theory, BothDatabases]
    public async Task The_same_wish_sent_twice_or_by_two_people_at_once_converts_once(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Merle");
        var wish = new ConversionEdit { CustomerId = TestPeople.CustomerB.CustomerId, DealId = Guid.CreateVersion7(), Deal = new() { Title = "Roti" } };
        var other = new ConversionEdit { FirstName = "Merle", LastName = "R.", Deal = new() { Title = "Roti" } };

        var done = await Task.WhenAll(new[] { wish, wish, other }.Select(edit => Task.Run(() => Conversion(shop).ConvertAsync(lead, edit, LeadPlace.Top, Ct))));

        Assert.Single(done, d => d.Error is null);
        Assert.All(done.Where(d => d.Error is not null), d => Assert.IsType<ConflictError>(d.Error, exactMatch: false));
        await using var db = shop.Open();
        Assert.Equal(1, await db.Opportunities.CountAsync(Ct));
    }

    [Theory, BothDatabases]
    public async Task Converting_again_to_another_customer_takes_the_opportunities_along(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Merle");
        var (a, b) = (TestPeople.CustomerA.CustomerId!.Value, TestPeople.CustomerB.CustomerId!.Value);
        Assert.Null((await Conversion(shop).ConvertAsync(lead, new() { CustomerId = a, Deal = new() { Title = "Roti" } }, LeadPlace.Top, Ct)).Error);
        Assert.IsType<LeadAlreadyConverted>((await Conversion(shop).ConvertAsync(lead, new() { CustomerId = a, Deal = new() { Title = "Roti" } }, LeadPlace.Top, Ct)).Error);
        Assert.Null((await Conversion(shop).ConvertAsync(lead, new() { CustomerId = b, LinkedId = a }, LeadPlace.Top, Ct)).Error);
        await using var db = shop.Open();
        Assert.Equal(b, (await db.Opportunities.SingleAsync(Ct)).CustomerId);
        Assert.Equal("Merle", Assert.Single((await shop.As(TestPeople.Agent).Get<LinkedLeadQueries>().OfAsync(b, Ct)).Value).Name);
    }

    [Theory, BothDatabases]
    public async Task Nobody_without_the_right_to_make_customers_converts_or_takes_it_back(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Merle");
        var change = (await Conversion(shop).ConvertAsync(lead, new() { FirstName = "Merle" }, LeadPlace.Top, Ct)).Value.ChangeId!.Value;
        Assert.IsType<UndoNotTheirs>((await UndoAsync(shop, change, TestPeople.OtherAgent)).Error);
        Assert.Null((await shop.As(TestPeople.Owner).Get<RightsService>().SetAsync(Roles.Agent, Permission.EditCustomers, false, Ct)).Error);
        Assert.IsType<UndoNotWhole>((await UndoAsync(shop, change)).Error);
        Assert.IsType<ForbiddenError>((await Conversion(shop).LookBackAsync(lead, Ct)).Error);
        Assert.IsType<ConversionNotAllowed>((await Conversion(shop).ConvertAsync(lead, new() { FirstName = "Merle" }, LeadPlace.Top, Ct)).Error);
        Assert.Null((await UndoAsync(shop, change, TestPeople.Manager)).Error);
    }

    private static Task<Result<UndoOutcome>> UndoAsync(TestShop shop, Guid change, TestPerson? by = null) =>
        shop.As(by ?? TestPeople.Agent).Get<UndoService>().UndoAsync(change, new HashSet<Guid>(), Ct);

    private static LeadConversion Conversion(TestShop shop) => shop.As(TestPeople.Agent).Get<LeadConversion>();

    private static async Task<IReadOnlyDictionary<string, string>> ContentsAsync(TestShop shop)
    {
        await using var db = shop.Open();
        return await TableContents.ReadWithoutAsync(db, ["AuditEntries", "NumberCounters"], ["Version", "UpdatedAt"], ["SearchEntries.Id"]);
    }

    private static void Same(string what, IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> now)
    {
        var different = expected.Where(t => now[t.Key] != t.Value).Select(t => $"{t.Key}: {t.Value} → {now[t.Key]}").ToList();
        Assert.True(different.Count == 0, $"{what}: {string.Join("; ", different)}");
    }
}
