using System.Globalization;
using Crm.Data.Leads;

namespace Crm.Data.Seed;

/// <summary>Lays out the opportunities of the demo shop on its leads and customers: in every stage, two of them late, some won and lost.</summary>
static class SeedDeals
{
    private const int Morning = 9 * 60 + 40;
    private const int Afternoon = 15 * 60 + 5;

    /// <param name="desk">The leads among the rows that are to be written.</param>
    /// <param name="stages">In their order; without any there are no opportunities.</param>
    public static IReadOnlyList<Opportunity> Play(SeedShop shop, IReadOnlyList<object> desk, IReadOnlyList<OpportunityStage> stages)
    {
        if (stages.Count == 0) return [];
        var leads = desk.OfType<Lead>().ToDictionary(l => l.Name);
        return [.. SeedRows.Read("deals.csv").Select((row, at) => One(shop, leads, stages, row, (at + 1) * Lead.RankStep))];
    }

    private static Opportunity One(SeedShop shop, Dictionary<string, Lead> leads, IReadOnlyList<OpportunityStage> stages, string[] row, long rank)
    {
        var today = shop.Calendar.Today;
        var stage = stages.FirstOrDefault(s => s.Name == row[3]) ?? stages[0];
        var lead = row[1] == "lead" ? leads[row[2]] : null;
        // never before the lead that it is of, nor later than now
        var made = Latest(SeedCalendar.At(today.AddDays(-Days(row[6])), Morning), lead?.CreatedAt.AddMinutes(40) ?? default, shop.Calendar.Now);
        var since = Latest(SeedCalendar.At(today.AddDays(-Days(row[7])), Afternoon), made, shop.Calendar.Now);

        var deal = new Opportunity { Id = shop.Ids.At(made), CreatedAt = made };
        deal.Describe(row[0], row[11], Days(row[4]) * 100L, row[8].Length == 0 ? null : today.AddDays(Days(row[8])), SeedLead.Person(row[5]).Id, since);
        deal.BelongTo(lead?.Id, lead is null ? Customer(shop, row[2]) : lead.ConvertedCustomerId);
        switch (stage.Outcome)
        {
            case DealOutcome.Won: deal.Win(stage, Enum.Parse<WonReason>(row[9]), row[10], rank, since); break;
            case DealOutcome.Lost: deal.Lose(stage, Enum.Parse<LostReason>(row[9]), row[10], rank, since); break;
            default: deal.MoveTo(stage, rank, since); break;
        }
        return deal;
    }

    private static int Days(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);

    private static DateTime Latest(DateTime wanted, DateTime notBefore, DateTime notAfter) => wanted < notBefore ? notBefore > notAfter ? notAfter : notBefore : wanted > notAfter ? notAfter : wanted;

    private static Guid Customer(SeedShop shop, string name) => shop.Customers.First(c => $"{c.Row.FirstName} {c.Row.LastName}" == name).Row.Id;
}
