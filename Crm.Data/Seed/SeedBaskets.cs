using Crm.Data.Customers;

namespace Crm.Data.Seed;

/// <summary>Decides what goes into a basket: what somebody always takes, what their kitchen asks for, and what the season brings.</summary>
sealed class SeedBaskets(SeedShop shop)
{
    private const double FromElsewhere = 0.12;
    private const double InSeason = 4;
    private const double OutOfSeason = 0.02;

    private readonly SeedDice dice = new(11);
    private readonly Dictionary<(SeedTaste, SeedSeason), double[]> demands = [];

    /// <summary>What somebody likes: the named foods, or some of their kitchen.</summary>
    public static SeedTaste Taste(SeedShop shop, SeedDice dice, string origin, SeedHabit habit, IReadOnlyList<Diet> diets, string[] buys)
    {
        var refuses = diets.SelectMany(Refused).ToHashSet();
        var eaten = shop.Products.Where(p => !p.Marks.Overlaps(refuses) && !p.Marks.Contains("seasonal")).ToList();
        var staples = shop.Products.Where(p => buys.Contains(p.Row.Sku)).ToList();
        for (var wanted = buys.Length == 0 ? dice.Between(4, 7) : 0; staples.Count < wanted;)
        {
            var one = dice.Weighted(eaten, p => Weight(p, origin, habit));
            if (!staples.Contains(one)) staples.Add(one);
        }
        return new SeedTaste(origin, habit, staples, refuses);
    }

    public List<(SeedProduct Product, int Quantity)> Fill(SeedTaste taste, SeedSeason season)
    {
        var lines = new List<(SeedProduct Product, int Quantity)>();
        var wanted = dice.Between(taste.Habit.FewestLines, taste.Habit.MostLines) + (season is SeedSeason.December ? 1 : 0);
        for (var tries = 0; lines.Count < wanted && tries < 60; tries++)
        {
            var product = dice.Chance(0.55) ? dice.Pick(taste.Staples) : dice.Weighted(shop.Products, Demand(taste, season));
            if (lines.All(l => l.Product != product)) lines.Add((product, Quantity(product, taste.Habit)));
        }
        return lines;
    }

    private double[] Demand(SeedTaste taste, SeedSeason season)
    {
        if (!demands.TryGetValue((taste, season), out var demand))
            demands[(taste, season)] = demand = [.. shop.Products.Select(p => taste.Eats(p) ? Weight(p, taste.Origin, taste.Habit) * Seasonal(p, season) : 0)];
        return demand;
    }

    private int Quantity(SeedProduct product, SeedHabit habit)
    {
        if (product.IsBulk) return 1;
        if (habit.MostOfOne > 2) return dice.Between(1, habit.MostOfOne);
        return 1 + (dice.Chance(0.3) ? 1 : 0) + (dice.Chance(0.07) ? 1 : 0);
    }

    private static double Weight(SeedProduct product, string origin, SeedHabit habit) =>
        product.IsBulk && habit != SeedHabit.Kitchen ? 0 : product.Weight * (product.Roots.Contains(origin) ? 1 : FromElsewhere);

    private static double Seasonal(SeedProduct product, SeedSeason season) =>
        product.IsOf(season) ? InSeason : product.Marks.Contains("seasonal") ? OutOfSeason : 1;

    private static string[] Refused(Diet diet) => diet switch
    {
        Diet.Vegan => ["meat", "fish", "shellfish", "dairy"],
        Diet.Vegetarian => ["meat", "fish", "shellfish"],
        Diet.Pescatarian => ["meat"],
        Diet.GlutenFree => ["gluten"],
        Diet.LactoseFree => ["dairy"],
        Diet.NutAllergy => ["nuts"],
        Diet.FishAllergy => ["fish"],
        Diet.ShellfishAllergy => ["shellfish"],
        Diet.Halal or Diet.Kosher or Diet.NoPork or Diet.NoBeef or Diet.LowSalt => [],
    };
}
