using System.Globalization;
using Crm.Data.Leads;

namespace Crm.Data.Seed;

/// <summary>
/// Lays out the desk of the agents: leads in every stage with people, notes, talks and reminders, some late, some for today.
/// </summary>
sealed class SeedDesk
{
    public const int Leads = 24;

    private const int Morning = 9 * 60 + 20;
    private const int Evening = 18 * 60 + 10;

    private readonly SeedShop shop;
    private readonly SeedDice dice = new(47);
    private readonly List<object> rows = [];

    private SeedDesk(SeedShop shop) => this.shop = shop;

    /// <summary>Everything that is to be written, parents before their parts.</summary>
    public static IReadOnlyList<object> Play(SeedShop shop, IReadOnlyList<long> numbers)
    {
        var desk = new SeedDesk(shop);
        var leads = SeedLead.Read().OrderByDescending(l => l.CreatedDaysAgo).ToList();
        for (var i = 0; i < leads.Count; i++) desk.Lay(leads[i], numbers[i], rank: (leads.Count - i) * Lead.RankStep);
        return desk.rows;
    }

    private void Lay(SeedLead from, long number, long rank)
    {
        var created = Ago(from.CreatedDaysAgo, Morning + dice.Below(20));
        var head = from.Head;
        var lead = new Lead { Id = shop.Ids.At(created), Number = number, CreatedAt = created };
        lead.Describe(from.Name, head[2], head[3], head[4], head[5], head[6], head[7], head[14]);
        lead.Rate(Enum.Parse<LeadPriority>(head[9]), new Money(long.Parse(head[10], CultureInfo.InvariantCulture) * 100));
        lead.Assign(from.Owner.Id, by: null, created);
        rows.Add(lead);
        Climb(from, lead, created, rank);
        foreach (var next in from.Parts["next"]) lead.PlanNext(next[1], Due(next[2]));
        var contacts = from.Parts["contact"].Select((row, i) => Contact(lead, row, isPrimary: i == 0)).ToList();
        var lastNote = from.Parts["note"].Select(row => Note(lead, row)).Max();
        var lastTalk = from.Parts["talk"].Select(row => Talk(lead, contacts[int.Parse(row[5], CultureInfo.InvariantCulture)], row)).Max();
        foreach (var row in from.Parts["remind"]) Remind(lead, row);
        lead.Touch(new[] { lead.StatusSince, lastNote, lastTalk }.Max());
    }

    /// <summary>Through the stages to where it stands, with the trail that the moves would have left.</summary>
    private void Climb(SeedLead from, Lead lead, DateTime created, long rank)
    {
        lead.MoveTo(LeadStatus.New, rank, created);
        rows.Add(SeedTrail.Created(shop.Ids, lead, from.Owner, created));
        LeadStatus[] path = from.Status switch
        {
            LeadStatus.New => [],
            LeadStatus.Contacted => [LeadStatus.Contacted],
            LeadStatus.Qualified => [LeadStatus.Contacted, LeadStatus.Qualified],
            LeadStatus.Converted => [LeadStatus.Contacted, LeadStatus.Qualified, LeadStatus.Converted],
            LeadStatus.Lost => [LeadStatus.Contacted, LeadStatus.Lost],
        };
        var since = Ago(from.SinceDaysAgo, Evening);
        for (var i = 0; i < path.Length; i++)
        {
            var (before, at) = (lead.Status, created.AddMinutes((int)(since - created).TotalMinutes * (i + 1) / path.Length));
            Move(from, lead, path[i], rank, at);
            rows.Add(SeedTrail.Moved(shop.Ids, lead, before, from.Owner, at));
        }
    }

    private void Move(SeedLead from, Lead lead, LeadStatus status, long rank, DateTime at)
    {
        if (status is LeadStatus.Lost && from.Parts["lost"].Single() is var lost) lead.Lose(Enum.Parse<LostReason>(lost[1]), lost[2], rank, at);
        else if (status is LeadStatus.Converted && from.Parts["won"].Single() is var won) lead.ConvertTo(Customer(won[1], won[2]), rank, at);
        else lead.MoveTo(status, rank, at);
    }

    private LeadContact Contact(Lead lead, string[] row, bool isPrimary)
    {
        var contact = new LeadContact { Id = shop.Ids.At(lead.CreatedAt), LeadId = lead.Id, CreatedAt = lead.CreatedAt };
        contact.Describe(row[1], Blank(row[2]), Blank(row[3]), Blank(row[4]), Blank(row[5]), lead.CreatedAt);
        contact.MakePrimary(isPrimary);
        rows.Add(contact);
        return contact;
    }

    private DateTime Note(Lead lead, string[] row)
    {
        var at = Ago(int.Parse(row[1], CultureInfo.InvariantCulture), dice.Between(Morning + 30, Evening - 10));
        var note = new LeadNote { Id = shop.Ids.At(at), LeadId = lead.Id, AuthorId = SeedLead.Person(row[2]).Id, CreatedAt = at };
        note.Write(row[3], at);
        note.Pin(row is [.., "pinned"]);
        rows.Add(note);
        return at;
    }

    private DateTime Talk(Lead lead, LeadContact contact, string[] row)
    {
        var at = Ago(int.Parse(row[1], CultureInfo.InvariantCulture), dice.Between(Morning + 30, Evening - 10));
        rows.Add(new Correspondence
        {
            Id = shop.Ids.At(at),
            LeadId = lead.Id,
            ContactId = contact.Id,
            Kind = Enum.Parse<CorrespondenceKind>(row[2]),
            Direction = Enum.Parse<CorrespondenceDirection>(row[3]),
            Subject = row[6],
            Description = row[7],
            Outcome = Blank(row[8]),
            HappenedAt = at,
            LoggedById = SeedLead.Person(row[4]).Id,
            CreatedAt = at.AddMinutes(3),
            UpdatedAt = at.AddMinutes(3),
        });
        return at;
    }

    private void Remind(Lead lead, string[] row)
    {
        var due = Due(row[1]);
        var asked = due < lead.CreatedAt ? due.AddHours(-2) : lead.CreatedAt.AddMinutes(25);
        var reminder = new Reminder { Id = shop.Ids.At(asked), LeadId = lead.Id, CreatedAt = asked };
        reminder.Plan(row[3], Blank(row[4]), due, SeedLead.Person(row[2]).Id, asked);
        if (due <= shop.Calendar.Now && row[5] != "cancelled") reminder.MarkSent(due);
        if (row[5] == "done") reminder.Finish(due.AddMinutes(dice.Between(-50, 90)));
        if (row[5] == "cancelled") reminder.Cancel(due.AddMinutes(-30));
        rows.Add(reminder);
    }

    /// <summary>"2 10:00" is in two days at ten; what is for today is still to come, if the day is long enough.</summary>
    private DateTime Due(string text)
    {
        var words = SeedRows.Words(text);
        var (days, time) = (int.Parse(words[0], CultureInfo.InvariantCulture), TimeOnly.Parse(words[1], CultureInfo.InvariantCulture));
        var due = SeedCalendar.At(shop.Calendar.Today.AddDays(days), time.Hour * 60 + time.Minute);
        if (days != 0 || due > shop.Calendar.Now) return due;
        var quarter = TimeSpan.FromMinutes(15).Ticks;
        var later = new DateTime((shop.Calendar.Now.AddMinutes(25).Ticks / quarter + 1) * quarter, DateTimeKind.Utc);
        return SeedCalendar.DayOf(later) == shop.Calendar.Today ? later : due;
    }

    private DateTime Ago(int days, int minute) => SeedCalendar.At(shop.Calendar.Today.AddDays(-days), minute);

    private Guid Customer(string first, string last) => shop.Customers.First(c => c.Row.FirstName == first && c.Row.LastName == last).Row.Id;

    private static string? Blank(string text) => text.Length == 0 ? null : text;
}
