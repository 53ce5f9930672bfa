using Crm.Data;
using Crm.Data.Leads;

namespace Crm.Web.Features.Insights;

/// <summary>One stage of the pipeline.</summary>
public sealed record PipelineStep(LeadStatus Status, int Count, Money Value);

/// <summary>The pipeline in one line.</summary>
/// <param name="Open">Leads that are neither won nor lost.</param>
/// <param name="Converted">Percent of all leads that became customers, rounded down.</param>
public sealed record PipelineTotals(int Open, Money Value, int Converted)
{
    internal static PipelineTotals Of(IReadOnlyList<PipelineStep> steps)
    {
        var (open, all) = (steps.Where(s => LeadStages.Open.Contains(s.Status)).ToList(), steps.Sum(s => s.Count));
        return new(open.Sum(s => s.Count), new Money(open.Sum(s => s.Value.Minor)),
            all == 0 ? 0 : steps.Where(s => s.Status is LeadStatus.Converted).Sum(s => s.Count) * 100 / all);
    }
}

/// <summary>Leads of one priority that are still open.</summary>
public sealed record PriorityShare(LeadPriority Priority, int Count, Money Value);

/// <summary>A product that is nearly gone.</summary>
/// <param name="Left">Units on hand that nobody has reserved.</param>
public sealed record LowStockRow(Guid Id, string Name, string? Art, int Left, int Threshold);

/// <summary>Something that happened, newest first on the desk.</summary>
/// <param name="Icon">Name in icons.svg.</param>
/// <param name="Href">Where it can be read; null when nowhere.</param>
public sealed record Activity(DateTime At, string Icon, string Who, string What, string? Href);

/// <summary>What waits today.</summary>
/// <param name="Contacts">People at leads, in all.</param>
public sealed record DeskCounts(int Overdue, int DueToday, int OpenOrders, int LowStock, int StaleLeads, int Customers, int Contacts);
