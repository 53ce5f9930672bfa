using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Platform.Paging;

namespace Crm.Web.Features.Leads.List;

/// <summary>A lead as a line of the list.</summary>
/// <param name="NextStepAt">UTC; the shop's midnight stands for a whole day.</param>
/// <param name="OwnerName">Null when nobody works on it.</param>
public sealed record LeadRow(
    Guid Id, long Number, string Name, string? Company, string? Business, string? City, LeadStatus Status, LeadPriority Priority, Guid? OwnerId, string? OwnerName,
    long ValueMinor, string? NextStep, DateTime? NextStepAt, string? Source, DateTime CreatedAt, DateTime UpdatedAt, DateTime TouchedAt, IReadOnlyList<string> Tags)
{
    public Money Value => new(ValueMinor);
    public bool IsOpen => Status.IsOpen();

    /// <summary>Its place in a list in this order.</summary>
    internal Cursor CursorBy(LeadColumn sort) => Cursor.At(sort switch
    {
        LeadColumn.Name => Name,
        LeadColumn.Company => Company,
        LeadColumn.Business => Business,
        LeadColumn.City => City,
        LeadColumn.Status => (int)Status,
        LeadColumn.Priority => (int)Priority,
        LeadColumn.Owner => OwnerName,
        LeadColumn.Value => ValueMinor,
        LeadColumn.NextStep => NextStepAt,
        LeadColumn.Tags => Tags.FirstOrDefault(),
        LeadColumn.Source => Source,
        LeadColumn.Created => CreatedAt,
        LeadColumn.Updated => UpdatedAt,
        LeadColumn.Touched or LeadColumn.Stale => (object)TouchedAt,
    }, Id);
}

/// <summary>Count and worth of all that the filter leaves.</summary>
public sealed record LeadListTotals(int Leads, long ValueMinor);

/// <summary>What the filters offer, the most used first.</summary>
public sealed record LeadListChoices(IReadOnlyList<string> Cities, IReadOnlyList<string> Tags);
