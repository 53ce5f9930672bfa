using System.Globalization;
using Crm.Data.Customers;

namespace Crm.Data.Seed;

/// <summary>The people of the demo shop: those whom everybody behind the counter knows, and many more.</summary>
sealed class SeedCustomers
{
    /// <summary>Customers who came before the books begin.</summary>
    private const int Founders = 128;
    private const int DaysBeforeTheBooks = 620;

    private static readonly (SeedHabit Habit, double OfFounders, double OfNewcomers)[] Mix =
    [
        (SeedHabit.Kitchen, 3, 1), (SeedHabit.Loyal, 9, 3.5), (SeedHabit.Regular, 32, 18), (SeedHabit.Occasional, 50, 38), (SeedHabit.Once, 0, 33), (SeedHabit.Never, 6, 6),
    ];

    private readonly SeedShop shop;
    private readonly SeedDice dice = new(7);
    private readonly SeedNames names = new();
    private readonly SeedPlaces places = new();

    private SeedCustomers(SeedShop shop) => this.shop = shop;

    /// <param name="numbers">As many short numbers as there shall be customers.</param>
    public static void Fill(SeedShop shop, IReadOnlyList<long> numbers)
    {
        var people = new SeedCustomers(shop);
        var plans = people.Plans().ToList();
        plans.AddRange(people.Others(plans.CountBy(p => p.Origin.Code).ToDictionary(), numbers.Count - plans.Count));
        shop.Customers.AddRange(plans.OrderBy(p => p.JoinedAt).Select((plan, i) => people.Customer(plan, numbers[i])));
    }

    private IEnumerable<Plan> Plans()
    {
        foreach (var row in SeedRows.Read("regulars.csv"))
        {
            names.Keep(row[0], row[1]);
            var isDemo = row[0] == DemoPeople.Customer.FirstName && row[1] == DemoPeople.Customer.LastName;
            var (mail, phone) = isDemo ? (DemoPeople.Customer.Email, DemoPeople.Customer.Phone) : (row[4], row[5]);
            places.Keep(phone);
            var joined = shop.Calendar.Today.AddDays(-int.Parse(row[7], CultureInfo.InvariantCulture));
            yield return new Plan(row[0], row[1], Country(row[2]), places.In(row[3]), mail, phone, SeedHabit.All.First(h => h.Name == row[6]),
                JoinedAt(joined), [.. SeedRows.Words(row[8]).Select(Enum.Parse<Diet>)], SeedRows.Words(row[9]), SeedRows.Words(row[10])[0], row[11], isDemo ? DemoPeople.Customer.Id : null);
        }
    }

    private IEnumerable<Plan> Others(Dictionary<string, int> known, int count)
    {
        var origins = places.Countries.SelectMany(c => Enumerable.Repeat(c, Math.Max(0, c.Count - known.GetValueOrDefault(c.Code)))).ToList();
        var abroad = places.Countries.ToDictionary(c => c.Code, c => c.Abroad);
        for (var i = 0; i < count; i++)
        {
            var origin = origins[i % origins.Count];
            var isFounder = dice.Below(count) < Founders;
            var place = abroad[origin.Code]-- > 0 ? places.Abroad(origin.Code) : places.Near();
            var habit = place.Country is "CA" ? dice.Weighted(Mix, m => isFounder ? m.OfFounders : m.OfNewcomers).Habit : SeedHabit.Occasional;
            var (first, last) = names.Next(origin.Code);
            var hasPhone = dice.Chance(0.9);
            var phone = !hasPhone ? null : dice.Chance(0.08) && origin.Mobile.Length > 0 ? places.Mobile(origin) : places.Phone(place);
            var mail = !hasPhone || dice.Chance(0.86) ? names.Mail(first, last) : null;
            var diets = origin.Diets.Where(d => dice.Chance(d.Percent / 100.0)).Select(d => d.Diet).ToList();
            yield return new Plan(first, last, origin, place, mail, phone, habit, JoinedAt(isFounder ? Early() : Late()), diets, [], dice.Pick(origin.Languages), null, null);
        }
    }

    private SeedCustomer Customer(Plan plan, long number)
    {
        var row = new Customer { Id = shop.Ids.At(plan.JoinedAt), Number = number, JoinedAt = plan.JoinedAt };
        row.Rename(plan.First, plan.Last);
        row.SetEmail(plan.Mail);
        row.SetPhone(plan.Phone);
        row.SetLanguage(plan.Language);
        row.SetPlace(plan.Place.City, places.NameOf(plan.Place.Country));
        row.SetVerified(plan.UserId is not null || plan.Mail is not null && dice.Chance(0.88));
        row.SetActive(plan.UserId is not null || dice.Chance(0.985));
        row.Touch(plan.JoinedAt);
        if (plan.UserId is { } userId) row.LinkAccount(userId);
        row.Addresses.AddRange(Addresses(row, plan));
        row.Diets.AddRange(plan.Diets.Select(d => new CustomerDiet { CustomerId = row.Id, Diet = d }));
        return new SeedCustomer { Row = row, Taste = SeedBaskets.Taste(shop, dice, plan.Origin.Code, plan.Habit, plan.Diets, plan.Buys), JoinedOn = SeedCalendar.DayOf(plan.JoinedAt), Place = plan.Place, Remark = plan.Remark, Diets = plan.Diets };
    }

    private IEnumerable<CustomerAddress> Addresses(Customer row, Plan plan)
    {
        if (plan.UserId is null && !dice.Chance(0.72)) yield break;
        yield return places.Address(shop.Ids.At(plan.JoinedAt), row.Id, plan.Place, AddressKind.Shipping, isDefault: true);
        if (plan.UserId is not null || dice.Chance(0.2)) yield return places.Address(shop.Ids.At(plan.JoinedAt), row.Id, plan.Place, AddressKind.Billing, isDefault: true);
        if (dice.Chance(0.08)) yield return places.Address(shop.Ids.At(plan.JoinedAt), row.Id, places.Near(), AddressKind.Shipping, isDefault: false);
    }

    private DateOnly Early() => shop.Calendar.Start.AddDays(-1 - (int)(DaysBeforeTheBooks * dice.Share()));

    // The root makes later days a little likelier: the shop becomes better known.
    private DateOnly Late() => shop.Calendar.Start.AddDays((int)((shop.Calendar.Today.DayNumber - shop.Calendar.Start.DayNumber + 1) * Math.Pow(dice.Share(), 0.9)));

    private DateTime JoinedAt(DateOnly day)
    {
        var at = SeedCalendar.At(day, dice.Between(SeedCalendar.Opens, SeedCalendar.Closes - 40));
        return at < shop.Calendar.Now ? at : shop.Calendar.Now.AddMinutes(-dice.Between(20, 300));
    }

    private SeedCountry Country(string code) => places.Countries.First(c => c.Code == code);

    private sealed record Plan(string First, string Last, SeedCountry Origin, SeedPlace Place, string? Mail, string? Phone, SeedHabit Habit, DateTime JoinedAt,
        IReadOnlyList<Diet> Diets, string[] Buys, string Language, string? Remark, Guid? UserId);
}
