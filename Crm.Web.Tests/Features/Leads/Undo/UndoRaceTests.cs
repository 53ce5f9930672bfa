using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Undo;

/// <summary>What others hold by now, or bring back at the same moment, never breaks an undo.</summary>
[Trait("contract", "M-155")]
public sealed class UndoRaceTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private static readonly HashSet<Guid> Nobody = [];

    [Theory, BothDatabases]
    public async Task A_contact_comes_back_without_the_mark_that_another_holds_by_now(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var malik = shop.As(TestPeople.Manager);
        var contacts = malik.Get<LeadContacts>();
        var kwame = (await contacts.AddAsync(lead, new LeadContactEdit { Name = "Kwame", IsPrimary = true }, Ct)).Value;
        await contacts.AddAsync(lead, new LeadContactEdit { Name = "Esi" }, Ct);
        var removed = await shop.ChangeOfAsync(async () => LeadDeeds.Good(await contacts.RemoveAsync(lead, kwame, Ct)));
        await shop.ChangeOfAsync(async () => LeadDeeds.Good(await shop.As(TestPeople.Agent).Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = "Adjoa", IsPrimary = true }, Ct)));

        Assert.Empty((await malik.Get<UndoService>().UndoAsync(removed, Nobody, Ct)).Value.Skipped);

        var now = (await malik.Get<LeadQueries>().FindAsync(lead, Ct)).Value.Contacts;
        Assert.Equal(["Adjoa True", "Esi False", "Kwame False"], now.Select(c => $"{c.Name} {c.IsPrimary}").Order());
    }

    [Theory, BothDatabases]
    public async Task A_mark_that_another_took_since_is_not_taken_from_them(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var malik = shop.As(TestPeople.Manager);
        await malik.Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = "Kwame", IsPrimary = true }, Ct);
        var esi = await shop.ChangeOfAsync(async () => LeadDeeds.Good(await malik.Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = "Esi", IsPrimary = true }, Ct)));
        await shop.ChangeOfAsync(async () => LeadDeeds.Good(await shop.As(TestPeople.Agent).Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = "Adjoa", IsPrimary = true }, Ct)));
        await using var db = shop.Open();
        var chosen = await db.LeadContacts.Where(c => c.Name == "Esi").Select(c => c.Id).ToListAsync(Ct);

        Assert.Null((await malik.Get<UndoService>().UndoAsync(esi, chosen.ToHashSet(), Ct)).Error);

        Assert.Equal(["Adjoa True", "Kwame False"], (await db.LeadContacts.AsNoTracking().ToListAsync(Ct)).Select(c => $"{c.Name} {c.IsPrimary}").Order());
    }

    [Theory, BothDatabases]
    public async Task Two_who_bring_the_same_back_take_turns(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var malik = shop.As(TestPeople.Manager);
        await malik.Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = "Kwame", IsPrimary = true }, Ct);
        var esi = (await malik.Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = "Esi" }, Ct)).Value;
        var removed = await shop.ChangeOfAsync(async () => LeadDeeds.Good(await malik.Get<LeadContacts>().RemoveAsync(lead, esi, Ct)));

        // the other's undo stands between its insert and its commit
        Task<Result<UndoOutcome>> undoing;
        await using (var other = shop.Open())
        await using (var write = await other.BeginWriteAsync(Ct))
        {
            var back = new LeadContact { Id = esi, LeadId = lead, CreatedAt = shop.Clock.Now };
            back.Describe("Esi", null, null, null, null, shop.Clock.Now);
            other.LeadContacts.Add(back);
            await other.SaveChangesAsync(Ct);
            undoing = malik.Get<UndoService>().UndoAsync(removed, Nobody, Ct);
            await shop.UntilSomebodyWaitsAsync();
            await write.CommitAsync(Ct);
        }

        Assert.IsType<NothingToUndo>((await undoing).Error);
    }

    [Theory, BothDatabases]
    public async Task A_customer_whose_number_is_anothers_by_now_does_not_come_back_and_that_is_said(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Merle", LeadStatus.Qualified);
        var malik = shop.As(TestPeople.Manager);
        var change = (await malik.Get<LeadConversion>().ConvertAsync(lead, new ConversionEdit { FirstName = "Merle", Phone = "(868) 622-1234" }, LeadPlace.Top, Ct)).Value.ChangeId!.Value;
        var undone = await shop.ChangeOfAsync(async () => LeadDeeds.Good(await malik.Get<UndoService>().UndoAsync(change, new HashSet<Guid>(), Ct)));
        LeadDeeds.Good(await malik.Get<LeadConversion>().ConvertAsync(await shop.LeadAsync("Another"), new ConversionEdit { FirstName = "Another", Phone = "(868) 622-1234" }, LeadPlace.Top, Ct));

        Assert.IsType<UndoTaken>((await malik.Get<UndoService>().UndoAsync(undone, Nobody, Ct)).Error);
    }
}
