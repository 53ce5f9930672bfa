namespace Crm.Data.Seed;

/// <summary>Somebody at the counter or on the web shop.</summary>
/// <param name="Customer">Nobody known, for a walk-in.</param>
/// <param name="IsNow">An order of these hours that still waits to be packed or picked up.</param>
sealed record SeedVisit(DateTime At, SeedTaste Taste, SeedCustomer? Customer, bool IsOnline, bool IsNow = false);

/// <summary>Decides who comes when: everybody in their own rhythm, more of them on Saturdays and before feasts.</summary>
sealed class SeedVisits(SeedShop shop)
{
    /// <summary>Part of a rhythm in which nobody is back yet.</summary>
    private const double Rest = 0.35;
    private const double WalkInsADay = 0.35;

    /// <summary>The visits of the demo customer, in days before today.</summary>
    private static readonly int[] Script =
        [13, 20, 31, 43, 54, 66, 77, 90, 103, 118, 130, 141, 155, 170, 184, 199, 213, 230, 246, 262, 280, 300, 318, 336, 352, 399, 455, 520, 590, 660];

    /// <summary>How long ago the orders that still wait were placed, in minutes; the first is the demo customer's.</summary>
    private static readonly int[] Waiting = [205, 16, 48, 83, 131, 262];

    private readonly SeedCalendar calendar = shop.Calendar;
    private readonly SeedDice dice = new(13);

    public List<SeedVisit> All()
    {
        var visits = shop.Customers.SelectMany(Of).Concat(WalkIns()).Where(v => v.At < calendar.Now.AddMinutes(-5)).ToList();
        visits.AddRange(OfTheseHours());
        return [.. visits.OrderBy(v => v.At).ThenBy(v => v.Customer?.Row.Number ?? 0)];
    }

    private IEnumerable<SeedVisit> Of(SeedCustomer customer)
    {
        var habit = customer.Taste.Habit;
        if (habit == SeedHabit.Never) return [];
        if (habit == SeedHabit.Scripted) return Script.Select(days => Visit(customer, Open(calendar.Today.AddDays(-days))));
        return Rhythm(customer, habit);
    }

    private IEnumerable<SeedVisit> Rhythm(SeedCustomer customer, SeedHabit habit)
    {
        var isKnown = customer.JoinedOn < calendar.Start;
        var last = habit == SeedHabit.Drifting ? calendar.Today.AddDays(-dice.Between(60, 115)) : calendar.Today;
        var since = isKnown ? dice.Below((int)habit.RhythmDays + 1) : 0;
        for (var day = isKnown ? calendar.Start : customer.JoinedOn; day <= last; day = day.AddDays(1), since++)
        {
            var isFirst = !isKnown && day == customer.JoinedOn;
            if (!isFirst && !Comes(day, since, habit)) continue;
            yield return isFirst ? new SeedVisit(customer.Row.JoinedAt.AddMinutes(4), customer.Taste, customer, IsOnline: customer.Place.Country != "CA") : Visit(customer, day);
            if (dice.Chance(habit.Leaves)) yield break;
            since = 0;
        }
    }

    private bool Comes(DateOnly day, int since, SeedHabit habit) =>
        !SeedCalendar.IsClosed(day) && since >= Rest * habit.RhythmDays && dice.Chance(calendar.Fullness(day) / ((1 - Rest) * habit.RhythmDays));

    private SeedVisit Visit(SeedCustomer customer, DateOnly day)
    {
        var isOnline = customer.Place.Country != "CA" || dice.Chance(customer.Taste.Habit == SeedHabit.Kitchen ? 0.6 : 0.36);
        var minute = isOnline ? dice.Between(7 * 60, 22 * 60 + 30) : dice.Between(SeedCalendar.Opens, SeedCalendar.Closes - 10);
        return new SeedVisit(SeedCalendar.At(day, minute), customer.Taste, customer, isOnline);
    }

    private IEnumerable<SeedVisit> WalkIns()
    {
        var tastes = shop.Customers.Select(c => c.Taste).DistinctBy(t => t.Origin).Select(t => t with { Habit = SeedHabit.Once }).ToList();
        for (var day = calendar.Start; day <= calendar.Today; day = day.AddDays(1))
            if (!SeedCalendar.IsClosed(day) && dice.Chance(WalkInsADay * calendar.Fullness(day)))
                yield return new SeedVisit(SeedCalendar.At(day, dice.Between(SeedCalendar.Opens, SeedCalendar.Closes - 10)), dice.Pick(tastes), null, IsOnline: false);
    }

    private IEnumerable<SeedVisit> OfTheseHours()
    {
        var settled = DateOnly.FromDateTime(calendar.Now.AddDays(-60));
        var people = shop.Customers.Where(c => c.Taste.Habit == SeedHabit.Scripted).ToList();
        var others = shop.Customers.Where(c => (c.Taste.Habit == SeedHabit.Loyal || c.Taste.Habit == SeedHabit.Regular) && c.JoinedOn < settled).ToList();
        while (people.Count < Waiting.Length)
            if (dice.Pick(others) is var one && !people.Contains(one)) people.Add(one);
        return people.Zip(Waiting, (who, minutes) => new SeedVisit(calendar.Now.AddMinutes(-minutes), who.Taste, who, IsOnline: true, IsNow: true));
    }

    private static DateOnly Open(DateOnly day) => SeedCalendar.IsClosed(day) ? day.AddDays(1) : day;
}
