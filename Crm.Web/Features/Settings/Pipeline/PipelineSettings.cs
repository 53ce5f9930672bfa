using System.ComponentModel.DataAnnotations;
using Crm.Data;
using Crm.Data.Leads;

namespace Crm.Web.Features.Settings.Pipeline;

/// <summary>How long a lead may rest at each open stage, and how likely it is won there; edited by the owner.</summary>
public sealed record PipelineSettings
{
    public const int MostDays = 365;
    public const int Whole = 10_000;

    /// <summary>Days without a person's touch after which a lead is stale.</summary>
    [Range(1, MostDays)] public int NewDays { get; init; } = 7;
    [Range(1, MostDays)] public int ContactedDays { get; init; } = 14;
    [Range(1, MostDays)] public int QualifiedDays { get; init; } = 21;

    /// <summary>How many of ten thousand such leads are won.</summary>
    [Range(0, Whole)] public int NewBasisPoints { get; init; } = 1_000;
    [Range(0, Whole)] public int ContactedBasisPoints { get; init; } = 3_000;
    [Range(0, Whole)] public int QualifiedBasisPoints { get; init; } = 6_000;

    /// <summary>Whether the owners are told by mail once a week which leads are stale, on the morning of this day.</summary>
    public bool MailsDigest { get; init; } = true;
    public DayOfWeek DigestOn { get; init; } = DayOfWeek.Monday;

    /// <summary>Null for a closed stage.</summary>
    public int? DaysOf(LeadStatus status) => status switch
    {
        LeadStatus.New => NewDays,
        LeadStatus.Contacted => ContactedDays,
        LeadStatus.Qualified => QualifiedDays,
        LeadStatus.Converted or LeadStatus.Lost => null,
    };

    public StaleBorders BordersAt(DateTime now) => new(now.AddDays(-NewDays), now.AddDays(-ContactedDays), now.AddDays(-QualifiedDays));

    /// <summary>What an amount at a stage is worth in a forecast, rounded down to the minor unit.</summary>
    public Money Weigh(LeadStatus status, Money amount) => new((long)((Int128)amount.Minor * ChanceOf(status) / Whole));

    private int ChanceOf(LeadStatus status) => status switch
    {
        LeadStatus.New => NewBasisPoints,
        LeadStatus.Contacted => ContactedBasisPoints,
        LeadStatus.Qualified => QualifiedBasisPoints,
        LeadStatus.Converted => Whole,
        LeadStatus.Lost => 0,
    };
}
