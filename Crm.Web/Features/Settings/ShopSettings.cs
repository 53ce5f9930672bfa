using System.ComponentModel.DataAnnotations;

namespace Crm.Web.Features.Settings;

/// <summary>What the shop calls itself and counts in; one row of the settings table, edited by the owner.</summary>
public sealed record ShopSettings
{
    [Required, StringLength(80)]
    public string Name { get; init; } = "Baobab Market";

    [StringLength(40)]
    public string Greeting { get; init; } = "Karibu";

    /// <summary>ISO 4217.</summary>
    [RegularExpression("^[A-Z]{3}$")]
    public string Currency { get; init; } = "CAD";

    /// <summary>How the currency is written before an amount.</summary>
    [Required, StringLength(6)]
    public string CurrencySymbol { get; init; } = "$";

    /// <summary>IANA name; days and months are the shop's.</summary>
    [Required]
    public string TimeZone { get; init; } = "America/Toronto";

    /// <summary>ISO 3166 alpha-2; phone numbers without a country code are of this country.</summary>
    [RegularExpression("^[A-Z]{2}$")]
    public string Country { get; init; } = "CA";

    [StringLength(200)]
    public string? Address { get; init; }

    /// <summary>Whole points earned per whole unit of currency, in basis points: 10000 is one point a dollar.</summary>
    [Range(0, 1_000_000)]
    public int PointsPerUnitBasisPoints { get; init; } = 10_000;

    /// <summary>What one point is worth as payment, in minor units.</summary>
    [Range(0, 1_000)]
    public int PointValueMinor { get; init; } = 1;
}
