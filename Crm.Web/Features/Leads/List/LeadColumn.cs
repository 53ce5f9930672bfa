namespace Crm.Web.Features.Leads.List;

/// <summary>What the list can show of a lead, and be ordered by.</summary>
public enum LeadColumn { Name, Company, Business, City, Status, Priority, Owner, Value, NextStep, Tags, Source, Created, Updated, Touched, Stale }

/// <summary>What people call the columns.</summary>
public static class LeadColumns
{
    /// <summary>Those that a list shows until somebody chooses others.</summary>
    public static readonly IReadOnlyList<LeadColumn> Usual =
        [LeadColumn.Name, LeadColumn.Status, LeadColumn.Priority, LeadColumn.Owner, LeadColumn.Value, LeadColumn.NextStep, LeadColumn.Tags, LeadColumn.Updated];

    public static string Of(LeadColumn column) => column switch
    {
        LeadColumn.Name => "Name",
        LeadColumn.Company => "Company",
        LeadColumn.Business => "Business",
        LeadColumn.City => "City",
        LeadColumn.Status => "Stage",
        LeadColumn.Priority => "Priority",
        LeadColumn.Owner => "Agent",
        LeadColumn.Value => "Value",
        LeadColumn.NextStep => "Next step",
        LeadColumn.Tags => "Tags",
        LeadColumn.Source => "Source",
        LeadColumn.Created => "Created",
        LeadColumn.Updated => "Changed",
        LeadColumn.Touched => "Last touch",
        LeadColumn.Stale => "Quiet",
    };

    /// <summary>Whether the first click on its head puts the greatest first.</summary>
    public static bool DescendingFirst(LeadColumn column) => column is LeadColumn.Priority or LeadColumn.Value or LeadColumn.Created or LeadColumn.Updated or LeadColumn.Touched;
}
