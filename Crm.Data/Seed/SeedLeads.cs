using System.Globalization;
using Crm.Data.Leads;

namespace Crm.Data.Seed;

/// <summary>One lead of the list with the lines that belong to it.</summary>
/// <param name="Head">The cells of its own line.</param>
/// <param name="Parts">The lines below it: contacts, notes, talks, reminders, next step, and how it ended.</param>
sealed record SeedLead(string[] Head, ILookup<string, string[]> Parts)
{
    public string Name => Head[1];
    public LeadStatus Status { get; } = Enum.Parse<LeadStatus>(Head[8]);
    public DemoPerson Owner { get; } = Person(Head[11]);
    public int CreatedDaysAgo { get; } = int.Parse(Head[12], CultureInfo.InvariantCulture);
    public int SinceDaysAgo { get; } = int.Parse(Head[13], CultureInfo.InvariantCulture);

    public static List<SeedLead> Read()
    {
        var leads = new List<List<string[]>>();
        foreach (var row in SeedRows.Read("leads.csv"))
        {
            if (row[0] == "lead") leads.Add([]);
            leads[^1].Add(row);
        }
        return [.. leads.Select(rows => new SeedLead(rows[0], rows.Skip(1).ToLookup(r => r[0])))];
    }

    public static DemoPerson Person(string userName) => DemoPeople.All.First(p => p.UserName == userName);
}
