using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Features.Leads.Opportunities;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads;

public sealed class LeadTimelineTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    [Trait("contract", "M-137")]
    [Trait("contract", "M-148")]
    [Trait("contract", "M-154")]
    public async Task Everything_that_happened_stands_in_one_line_of_time_newest_first(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var ama = shop.As(TestPeople.Agent);
        var malik = shop.As(TestPeople.Manager);
        var lead = (await ama.Get<LeadService>().CreateAsync(new LeadEdit { Name = "Accra Grill House", Source = "Website form" }, Ct)).Value;
        var kwame = (await ama.Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = "Kwame" }, Ct)).Value;
        await ThenAsync(() => ama.Get<LeadTalks>().LogAsync(lead, new LeadTalkEdit { Subject = "Prices", Description = "Two trucks", Outcome = "Wants a list", ContactId = kwame }, Ct));
        await ThenAsync(() => ama.Get<LeadNotes>().AddAsync(lead, "**12** crates", Ct));
        await ThenAsync(() => malik.Get<LeadMoves>().MoveAsync(lead, LeadStatus.Qualified, LeadPlace.Top, Ct));
        await ThenAsync(() => EditAsync(malik, lead, e => e.Value = "5600"));
        await ThenAsync(() => EditAsync(malik, lead, e => e.OwnerId = TestPeople.OtherAgent.UserId));
        await ThenAsync(() => EditAsync(malik, lead, e => (e.City, e.Company) = ("Toronto", "Accra Ltd")));
        var reminder = (await ama.Get<LeadReminders>().AddAsync(lead, new LeadReminderEdit { Title = "Send samples", On = new DateOnly(2026, 11, 27) }, Ct)).Value;
        await ThenAsync(() => malik.Get<LeadReminders>().FinishAsync(lead, reminder, Ct));
        await ThenAsync(() => malik.Get<LeadContacts>().EditAsync(lead, kwame, new LeadContactEdit { Name = "Kwame", IsPrimary = true }, new LeadContactEdit { Name = "Kwame", Position = "Chef", IsPrimary = true }, Ct));
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var deal = await shop.DealAsync("Weekly yam", leadId: lead);
        var stages = await shop.StagesAsync();
        await ThenAsync(() => ama.Get<OpportunityMoves>().MoveAsync(deal, stages[1].Id, LeadPlace.Top, null, null, Ct));
        await ThenAsync(() => ama.Get<LeadMoves>().LoseAsync(lead, LostReason.Price, "Cheaper elsewhere", LeadPlace.Top, Ct));

        var part = (await ama.Get<LeadTimeline>().ReadAsync(lead, null, TimelineFilter.All, Ct)).Value;

        Assert.Null(part.Next);
        Assert.Equal(
            [
                "Ama Boakye marked it as Lost (Price: Cheaper elsewhere)",
                "Ama Boakye moved the opportunity “Weekly yam” to Qualified",
                "Malik Thompson opened the opportunity Weekly yam",
                "Malik Thompson changed a contact's position",
                "Malik Thompson finished Send samples",
                "Ama Boakye planned Send samples",
                "Malik Thompson changed company, city",
                "Malik Thompson gave it to Tunde Balogun",
                "Malik Thompson set the value to $5,600",
                "Malik Thompson moved it to Qualified",
                "Ama Boakye wrote a note (**12** crates)",
                "Ama Boakye called Kwame: Prices (Two trucks\n\nOutcome: Wants a list)",
                "Ama Boakye added the contact Kwame",
                "Lead created, Website form",
            ],
            part.Lines.Select(l => $"{l.Who} {l.Head} {l.Strong}".Trim().Replace("  ", " ", StringComparison.Ordinal) + (l.Text is null ? "" : $" ({l.Text})")));

        async Task ThenAsync<T>(Func<Task<Result<T>>> act)
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Null((await act()).Error);
        }
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-165")]
    public async Task A_long_timeline_is_read_in_parts_each_line_once(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var lead = await shop.LeadAsync("Accra Grill House");
        var desk = shop.As(TestPeople.Agent);
        for (var i = 0; i < 40; i++)
        {
            Assert.Null((await desk.Get<LeadNotes>().AddAsync(lead, $"Note {i}", Ct)).Error);
            if (i % 4 == 0) Assert.Null((await desk.Get<LeadTalks>().LogAsync(lead, new LeadTalkEdit { Subject = $"Talk {i}" }, Ct)).Error);
            if (i % 10 == 0) Assert.Null((await desk.Get<LeadMoves>().MoveAsync(lead, LeadStatus.New, LeadPlace.Top, Ct)).Error);
        }

        var lines = new List<TimelineLine>();
        TimelineMark? mark = null;
        do
        {
            var part = (await desk.Get<LeadTimeline>().ReadAsync(lead, mark, TimelineFilter.All, Ct)).Value;
            Assert.True(part.Lines.Count <= LeadTimeline.PartSize + 1);
            lines.AddRange(part.Lines);
            mark = part.Next;
        }
        while (mark is not null);

        Assert.Equal(51, lines.Select(l => l.Id).Distinct().Count());
        Assert.Equal(51, lines.Count);
        Assert.Equal(TimelineKind.Created, lines[^1].Kind);
    }

    private static async Task<Result<Done>> EditAsync(TestDesk desk, Guid lead, Action<LeadEdit> change)
    {
        var original = desk.Get<LeadForms>().Of((await desk.Get<LeadQueries>().FindAsync(lead, Ct)).Value);
        var edit = original.Copy();
        change(edit);
        return await desk.Get<LeadService>().EditAsync(lead, original, edit, Ct);
    }
}
