namespace Crm.Data;

/// <summary>An amount in the shop's one currency, in integer minor units (cents), so that sums are exact.</summary>
/// <param name="Minor">Minor units: 1250 is 12.50.</param>
public readonly record struct Money(long Minor) : IComparable<Money>
{
    public static readonly Money Zero;

    public static Money operator +(Money a, Money b) => new(checked(a.Minor + b.Minor));
    public static Money operator -(Money a, Money b) => new(checked(a.Minor - b.Minor));
    public static Money operator -(Money a) => new(checked(-a.Minor));
    public static Money operator *(Money a, int times) => new(checked(a.Minor * times));
    public static bool operator <(Money a, Money b) => a.Minor < b.Minor;
    public static bool operator >(Money a, Money b) => a.Minor > b.Minor;
    public static bool operator <=(Money a, Money b) => a.Minor <= b.Minor;
    public static bool operator >=(Money a, Money b) => a.Minor >= b.Minor;

    /// <summary>A share of the amount, rounded once, half away from zero.</summary>
    public Money Percent(BasisPoints rate) =>
        new((long)decimal.Round(Minor * (rate.Value / 10_000m), 0, MidpointRounding.AwayFromZero));

    /// <summary>The amount in major units, exactly: 12.50. For files and exports; sums stay in minor units.</summary>
    public decimal Major => Minor / 100m;

    /// <summary>Rounds an exact amount in major units (a price from a file) to minor units, half away from zero.</summary>
    public static Money FromMajor(decimal major) =>
        new((long)decimal.Round(major * 100m, 0, MidpointRounding.AwayFromZero));

    public int CompareTo(Money other) => Minor.CompareTo(other.Minor);
}

/// <summary>A rate as integer hundredths of a percent, so that 13 % tax is exactly 1300.</summary>
public readonly record struct BasisPoints(int Value);
