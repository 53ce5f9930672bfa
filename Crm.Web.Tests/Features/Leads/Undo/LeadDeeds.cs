using Crm.Data.Files;
using Crm.Data.Leads;
using Crm.Web.Features.Leads;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Undo;

/// <summary>Everything that staff do to a lead, each by its own service, on a lead that has something of everything.</summary>
static class LeadDeeds
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    public static readonly IReadOnlyDictionary<string, Func<TestShop, TestDesk, Guid, Task>> All = new Dictionary<string, Func<TestShop, TestDesk, Guid, Task>>
    {
        ["edit many fields"] = (_, desk, id) => EditAsync(desk, id, e => (e.Name, e.City, e.Value, e.Priority, e.OwnerId, e.NextStepOn, e.NextStepTime) = ("Renamed", null, "77.70", LeadPriority.High, TestPeople.OtherAgent.UserId, new DateOnly(2026, 12, 1), null)),
        ["give it to nobody"] = (_, desk, id) => EditAsync(desk, id, e => e.OwnerId = null),
        ["move"] = async (_, desk, id) => Good(await desk.Get<LeadMoves>().MoveAsync(id, LeadStatus.Qualified, LeadPlace.Top, Ct)),
        ["put elsewhere in the column"] = async (shop, desk, id) => Good(await desk.Get<LeadMoves>().MoveAsync(id, LeadStatus.New, new LeadPlace(await shop.LeadAsync("Neighbour"), null), Ct)),
        ["lose"] = async (_, desk, id) => Good(await desk.Get<LeadMoves>().LoseAsync(id, LostReason.Price, "Too dear", LeadPlace.Top, Ct)),
        ["add a contact to call first"] = async (_, desk, id) => Good(await desk.Get<LeadContacts>().AddAsync(id, new LeadContactEdit { Name = "Adjoa", IsPrimary = true }, Ct)),
        ["call another first"] = async (shop, desk, id) =>
        {
            var second = await ContactAsync(shop, id, primary: false);
            var form = desk.Get<LeadContacts>().Of(new LeadContactLine(second.Id, second.Name, second.Position, second.Email, second.Phone, second.Notes, second.IsPrimary));
            var edit = form.Copy();
            (edit.IsPrimary, edit.Notes) = (true, "Call her");
            Good(await desk.Get<LeadContacts>().EditAsync(id, second.Id, form, edit, Ct));
        },
        ["remove the contact to call first"] = async (shop, desk, id) => Good(await desk.Get<LeadContacts>().RemoveAsync(id, (await ContactAsync(shop, id, primary: true)).Id, Ct)),
        ["write a note"] = async (_, desk, id) => Good(await desk.Get<LeadNotes>().AddAsync(id, "Wants \"goat\" & yam — weekly, Ọláyínká said", Ct)),
        ["plan a reminder"] = async (shop, desk, id) => Good(await desk.Get<LeadReminders>().AddAsync(id, new LeadReminderEdit { Title = "Call", On = DateOnly.FromDateTime(shop.Clock.Now) }, Ct)),
        ["finish a reminder"] = async (shop, desk, id) => Good(await desk.Get<LeadReminders>().FinishAsync(id, await ReminderAsync(shop, id), Ct)),
        ["log a talk"] = async (shop, desk, id) => Good(await desk.Get<LeadTalks>().LogAsync(id, new LeadTalkEdit { Subject = "Prices", ContactId = (await ContactAsync(shop, id, primary: true)).Id }, Ct)),
        ["finish the next step"] = async (_, desk, id) => Good(await desk.Get<LeadNextSteps>().FinishAsync(id, LeadStep.Of((await desk.Get<LeadQueries>().FindAsync(id, Ct)).Value), Ct)),
        ["delete"] = async (_, desk, id) => Good(await desk.Get<LeadService>().DeleteAsync(id, Ct)),
        ["create"] = async (_, desk, _) => Good(await desk.Get<LeadService>().CreateAsync(new LeadEdit { Name = "Brand new", Value = "12" }, Ct)),
    };

    /// <summary>A lead with two contacts, a talk with a file, notes, a chain of reminders, tags and two deals.</summary>
    public static async Task<Guid> FullLeadAsync(this TestShop shop, string name)
    {
        var id = await shop.LeadAsync(name, value: 12_345, owner: TestPeople.Agent, source: "Fair", nextStep: "Call", nextStepAt: shop.Clock.Now.AddDays(1));
        await using var db = shop.Open();
        var now = shop.Clock.Now;
        var (first, second) = (new LeadContact { LeadId = id, CreatedAt = now }, new LeadContact { LeadId = id, CreatedAt = now });
        first.Describe("Kwame", "Chef", "kwame@grill.example", "+14165550134", null, now);
        second.Describe("Esi", null, null, null, null, now);
        first.MakePrimary(true);
        var talk = new Correspondence { LeadId = id, ContactId = first.Id, Subject = "First call", HappenedAt = now, LoggedById = TestPeople.Agent.UserId, CreatedAt = now };
        var file = new StoredFile { Name = "menu.pdf", ContentType = "application/pdf", Bytes = 3, Hash = "00", CreatedAt = now };
        var (done, next) = (new Reminder { LeadId = id, CreatedAt = now }, (Reminder?)null);
        done.Plan("Weekly call", null, now, TestPeople.Agent.UserId, now);
        done.RepeatEvery(ReminderRepeat.Weekly);
        done.Finish(now);
        next = new Reminder { LeadId = id, CreatedAt = now, FollowsId = done.Id };
        next.Plan("Weekly call", "Again", now.AddDays(7), TestPeople.Agent.UserId, now);
        var note = new LeadNote { LeadId = id, AuthorId = TestPeople.Agent.UserId, CreatedAt = now };
        note.Write("Cooks for weddings", now);
        var stage = await db.OpportunityStages.FirstOrDefaultAsync() ?? db.OpportunityStages.Add(new OpportunityStage { Name = "Proposal", ProbabilityBasisPoints = 5000 }).Entity;
        var (own, shared) = (new Opportunity { CreatedAt = now }, new Opportunity { CreatedAt = now });
        own.Describe("Wedding", null, 50_000, DateOnly.FromDateTime(now), null, now);
        own.BelongTo(id, null);
        own.MoveTo(stage, 0, now);
        shared.Describe("Feast", null, 70_000, null, null, now);
        shared.BelongTo(id, TestPeople.CustomerA.CustomerId);
        shared.MoveTo(stage, 1, now);
        db.AddRange(first, second, talk, file, done, next, note, own, shared);
        db.AddRange(new LeadTag { LeadId = id, Name = "halal" }, new LeadTag { LeadId = id, Name = "wholesale" }, new CorrespondenceFile { CorrespondenceId = talk.Id, FileId = file.Id, LeadId = id });
        await db.SaveChangesAsync();
        return id;
    }

    public static void Good<T>(Result<T> result) => Assert.Null(result.Error);

    private static async Task EditAsync(TestDesk desk, Guid id, Action<LeadEdit> change)
    {
        var original = desk.Get<LeadForms>().Of((await desk.Get<LeadQueries>().FindAsync(id, Ct)).Value);
        var edit = original.Copy();
        change(edit);
        Good(await desk.Get<LeadService>().EditAsync(id, original, edit, Ct));
    }

    private static async Task<LeadContact> ContactAsync(TestShop shop, Guid id, bool primary)
    {
        await using var db = shop.Open();
        return await db.LeadContacts.AsNoTracking().Where(c => c.LeadId == id && c.IsPrimary == primary).OrderBy(c => c.Name).FirstAsync();
    }

    private static async Task<Guid> ReminderAsync(TestShop shop, Guid id)
    {
        await using var db = shop.Open();
        return await db.Reminders.Where(r => r.LeadId == id && r.DoneAt == null).OrderBy(r => r.DueAt).Select(r => r.Id).FirstAsync();
    }
}
