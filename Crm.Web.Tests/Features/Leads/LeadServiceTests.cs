using Crm.Data.Audit;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads;

public sealed class LeadServiceTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    [Trait("contract", "M-126")]
    [Trait("contract", "M-128")]
    public async Task A_new_lead_is_stored_as_typed_and_lies_on_top(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.LeadAsync("Older");
        var desk = shop.As(TestPeople.Agent);

        var id = (await desk.Get<LeadService>().CreateAsync(Typed(), Ct)).Value;

        var lead = (await desk.Get<LeadQueries>().FindAsync(id, Ct)).Value;
        Assert.Equal(("Accra Grill House", "Restaurant", "kwame@accragrill.example", "+14165550134"), (lead.Name, lead.Business, lead.Email, lead.Phone));
        Assert.Equal((LeadStatus.New, LeadPriority.High, 5600_50L, "Ama Boakye"), (lead.Status, lead.Priority, lead.ValueMinor, lead.OwnerName));
        Assert.Equal(new DateTime(2026, 11, 27, 16, 30, 0, DateTimeKind.Utc), lead.NextStepAt);
        Assert.Equal((shop.Clock.Now, shop.Clock.Now, shop.Clock.Now), (lead.CreatedAt, lead.TouchedAt, lead.StatusSince));
        var lane = (await desk.Get<LeadBoardQueries>().LaneAsync(new LeadFilter(), LeadStatus.New, null, 25, Ct)).Value;
        Assert.Equal(["Accra Grill House", "Older"], lane.Rows.Select(c => c.Name));
        Assert.False(desk.Get<LeadForms>().Of(lead).Differs(Typed("(416) 555-0134", "5600.50")));
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-242")]
    public async Task Everything_wrong_is_said_at_its_field_and_nothing_is_stored(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var edit = new LeadEdit
        {
            Name = " ",
            Company = new string('x', 201),
            Business = new string('x', 101),
            City = new string('x', 101),
            Email = "kwame@",
            Phone = "555-01",
            Value = "-5",
            Source = new string('x', 101),
            Description = new string('x', 5001),
            NextStepOn = new DateOnly(2026, 11, 27),
            OwnerId = TestPeople.CustomerA.UserId,
        };

        var error = Assert.IsType<InvalidError>((await shop.As(TestPeople.Agent).Get<LeadService>().CreateAsync(edit, Ct)).Error);

        string[] fields = [nameof(edit.Name), nameof(edit.Company), nameof(edit.Business), nameof(edit.City), nameof(edit.Email), nameof(edit.Phone), nameof(edit.Value), nameof(edit.Source), nameof(edit.Description), nameof(edit.NextStep), nameof(edit.OwnerId)];
        Assert.Equal(fields.Order(), error.All.Select(e => e.Field).Order());
        Assert.Equal("A value cannot be less than nothing.", error.For(nameof(edit.Value)));
        await using var db = shop.Open();
        Assert.Equal(0, await db.Leads.CountAsync(Ct));
    }

    [Theory, BothDatabases]
    public async Task An_edit_changes_only_what_was_edited(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var id = await CreateAsync(shop);
        shop.Clock.Advance(TimeSpan.FromDays(2));
        var (original, edit) = await OpenAsync(shop, id);
        edit.Value = "7,000";
        edit.Phone = null;

        Assert.Null((await shop.As(TestPeople.Manager).Get<LeadService>().EditAsync(id, original, edit, Ct)).Error);

        await using var db = shop.Open();
        var lead = await db.Leads.SingleAsync(Ct);
        Assert.Equal((7000_00L, null, "Accra Grill House", shop.Clock.Now), (lead.ValueMinor, lead.Phone, lead.Name, lead.TouchedAt));
        var trail = await db.AuditEntries.SingleAsync(e => e.EntityId == id && e.Action == AuditAction.Updated, Ct);
        Assert.DoesNotContain("Name", trail.After!, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Two_people_who_edit_different_fields_both_keep_their_work(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var id = await CreateAsync(shop);
        var (original, mine) = await OpenAsync(shop, id);
        mine.City = "Toronto";
        var theirs = original.Copy();
        theirs.Value = "9000";

        Assert.Null((await shop.As(TestPeople.Manager).Get<LeadService>().EditAsync(id, original, theirs, Ct)).Error);
        Assert.Null((await shop.As(TestPeople.Agent).Get<LeadMoves>().MoveAsync(id, LeadStatus.Contacted, LeadPlace.Top, Ct)).Error);
        Assert.Null((await shop.As(TestPeople.Agent).Get<LeadService>().EditAsync(id, original, mine, Ct)).Error);

        await using var db = shop.Open();
        var lead = await db.Leads.SingleAsync(Ct);
        Assert.Equal(("Toronto", 9000_00L, LeadStatus.Contacted), (lead.City, lead.ValueMinor, lead.Status));
    }

    [Theory, BothDatabases]
    public async Task Two_people_who_edit_the_same_field_are_shown_both_values(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var id = await CreateAsync(shop);
        var (original, mine) = await OpenAsync(shop, id);
        (mine.Value, mine.OwnerId, mine.City) = ("7000", null, "Toronto");
        var theirs = original.Copy();
        (theirs.Value, theirs.OwnerId) = ("9000", TestPeople.OtherAgent.UserId);
        Assert.Null((await shop.As(TestPeople.Manager).Get<LeadService>().EditAsync(id, original, theirs, Ct)).Error);
        shop.Clock.Advance(TimeSpan.FromMinutes(2));

        var error = Assert.IsType<LeadChangedMeanwhile>((await shop.As(TestPeople.Agent).Get<LeadService>().EditAsync(id, original, mine, Ct)).Error);

        Assert.Equal(("Malik Thompson", TestClock.Start), (error.Who, error.At));
        Assert.Equal([("Value", "9000", "7000"), ("Agent", "Tunde Balogun", null)], error.Clashes.Select(c => (c.Label, c.Theirs, c.Mine)));
        await using var db = shop.Open();
        Assert.Null((await db.Leads.SingleAsync(Ct)).City);
        Assert.Null((await shop.As(TestPeople.Agent).Get<LeadService>().EditAsync(id, error.Now, mine, Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task Many_edits_at_once_lose_nothing(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var id = await CreateAsync(shop);
        var (original, _) = await OpenAsync(shop, id);
        var edits = new (TestPerson Person, Action<LeadEdit> Change)[]
        {
            (TestPeople.Agent, e => e.City = "Toronto"), (TestPeople.OtherAgent, e => e.Company = "Accra Ltd"),
            (TestPeople.Manager, e => e.Source = "Market stall"), (TestPeople.Owner, e => e.Description = "Yam by the crate"),
        };

        var results = await Task.WhenAll(edits.Select(edit => Task.Run(async () =>
        {
            var mine = original.Copy();
            edit.Change(mine);
            return await shop.As(edit.Person).Get<LeadService>().EditAsync(id, original, mine, Ct);
        })));

        Assert.All(results, r => Assert.Null(r.Error));
        await using var db = shop.Open();
        var lead = await db.Leads.SingleAsync(Ct);
        Assert.Equal(("Toronto", "Accra Ltd", "Market stall", "Yam by the crate"), (lead.City, lead.Company, lead.Source, lead.Description));
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-126")]
    public async Task Management_deletes_a_lead_with_all_that_belongs_to_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (id, other) = (await CreateAsync(shop), await shop.LeadAsync("Other"));
        var desk = shop.As(TestPeople.Agent);
        var contact = (await desk.Get<LeadContacts>().AddAsync(id, new LeadContactEdit { Name = "Kwame Mensah" }, Ct)).Value;
        Assert.Null((await desk.Get<LeadNotes>().AddAsync(id, "Wants yam", Ct)).Error);
        Assert.Null((await desk.Get<LeadReminders>().AddAsync(id, new LeadReminderEdit { Title = "Call", On = new DateOnly(2026, 11, 27) }, Ct)).Error);
        Assert.Null((await desk.Get<LeadTalks>().LogAsync(id, new LeadTalkEdit { Subject = "Prices", ContactId = contact }, Ct)).Error);

        Assert.IsType<ForbiddenError>((await desk.Get<LeadService>().DeleteAsync(id, Ct)).Error);
        Assert.Null((await shop.As(TestPeople.Manager).Get<LeadService>().DeleteAsync(id, Ct)).Error);

        await using var db = shop.Open();
        Assert.Equal(other, (await db.Leads.SingleAsync(Ct)).Id);
        Assert.Equal((0, 0, 0, 0), (await db.LeadContacts.CountAsync(Ct), await db.LeadNotes.CountAsync(Ct), await db.Reminders.CountAsync(Ct), await db.Correspondence.CountAsync(Ct)));
        Assert.Equal(other, (await db.SearchEntries.SingleAsync(e => e.Kind == "lead" || e.Kind == "contact", Ct)).EntityId);
        Assert.Equal(5, await db.AuditEntries.CountAsync(e => e.Action == AuditAction.Deleted && e.RootId == id && e.ActorName == "Malik Thompson", Ct));
        Assert.IsType<LeadNotFound>((await shop.As(TestPeople.Manager).Get<LeadService>().DeleteAsync(id, Ct)).Error);
    }

    internal static LeadEdit Typed(string phone = "416-555-0134", string value = "$5,600.50") => new()
    {
        Name = "Accra Grill House",
        Business = "Restaurant",
        Email = "kwame@accragrill.example",
        Phone = phone,
        Priority = LeadPriority.High,
        Value = value,
        OwnerId = TestPeople.Agent.UserId,
        NextStep = "Call Kwame",
        NextStepOn = new DateOnly(2026, 11, 27),
        NextStepTime = new TimeOnly(11, 30),
    };

    private static async Task<Guid> CreateAsync(TestShop shop) => (await shop.As(TestPeople.Agent).Get<LeadService>().CreateAsync(Typed(), Ct)).Value;

    private static async Task<(LeadEdit Original, LeadEdit Edit)> OpenAsync(TestShop shop, Guid id)
    {
        var desk = shop.As(TestPeople.Agent);
        var original = desk.Get<LeadForms>().Of((await desk.Get<LeadQueries>().FindAsync(id, Ct)).Value);
        return (original, original.Copy());
    }
}
