using Crm.Data.Customers;
using Crm.Data.Loyalty;

namespace Crm.Data.Seed;

/// <summary>How somebody shops.</summary>
/// <param name="RhythmDays">Days from one visit to the next, on average.</param>
/// <param name="MostOfOne">Most units of one food.</param>
/// <param name="Leaves">Chance after each visit that it was the last.</param>
sealed record SeedHabit(string Name, double RhythmDays, int FewestLines, int MostLines, int MostOfOne, double Leaves)
{
    public static readonly SeedHabit Kitchen = new("kitchen", 9, 5, 8, 3, 0.006);
    public static readonly SeedHabit Loyal = new("loyal", 11, 3, 7, 2, 0.008);
    public static readonly SeedHabit Regular = new("regular", 19, 3, 6, 2, 0.035);
    public static readonly SeedHabit Occasional = new("occasional", 48, 2, 6, 2, 0.08);
    public static readonly SeedHabit Once = new("once", 50, 2, 5, 2, 0.72);
    public static readonly SeedHabit Drifting = new("drifting", 17, 3, 6, 2, 0);

    /// <summary>Registered, and never bought.</summary>
    public static readonly SeedHabit Never = new("never", 0, 0, 0, 0, 1);

    /// <summary>Comes on the days that are written down.</summary>
    public static readonly SeedHabit Scripted = new("scripted", 12, 7, 10, 2, 0);

    public static readonly SeedHabit[] All = [Kitchen, Loyal, Regular, Occasional, Once, Drifting, Never, Scripted];
}

/// <summary>What somebody puts in the basket.</summary>
/// <param name="Origin">Country of the kitchen at home.</param>
/// <param name="Staples">What they take again and again.</param>
/// <param name="Refuses">Marks of what they never take.</param>
sealed record SeedTaste(string Origin, SeedHabit Habit, IReadOnlyList<SeedProduct> Staples, HashSet<string> Refuses)
{
    public bool Eats(SeedProduct product) => !product.Marks.Overlaps(Refuses);
}

/// <summary>A customer of the demo shop while the trade is played.</summary>
sealed class SeedCustomer
{
    public required Customer Row { get; init; }
    public required SeedTaste Taste { get; init; }
    public required DateOnly JoinedOn { get; init; }
    public required SeedPlace Place { get; init; }

    /// <summary>What staff know about them, where it is written down.</summary>
    public string? Remark { get; init; }
    public required IReadOnlyList<Diet> Diets { get; init; }

    /// <summary>Earned points that may still be used, oldest first.</summary>
    public List<LoyaltyEntry> Lots { get; } = [];

    /// <summary>Money in, and, negative, money back.</summary>
    public List<(DateTime At, long Minor)> Spending { get; } = [];
}
