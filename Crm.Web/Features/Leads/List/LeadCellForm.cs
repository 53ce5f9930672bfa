using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Leads.Tags;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Leads.List;

/// <summary>A cell while it is being edited: one field of the lead's form, and beside it the stage, the loss and the tags.</summary>
public sealed class LeadCellForm
{
    public LeadEdit Edit { get; init; } = new();
    public LeadStatus Status { get; set; }
    public LostReason? Reason { get; set; }
    public string? Tags { get; set; }

    public IReadOnlyList<string> TagNames => [.. (Tags ?? "").Split(',').Select(LeadTags.Tidy).OfType<string>().Distinct()];

    /// <summary>The cell as it is shown.</summary>
    public static LeadCellForm Of(LeadRow row, LeadColumn column, OwnClock clock)
    {
        var at = row.NextStepAt is { } utc ? clock.Read(utc) : default((DateOnly Day, TimeOnly? Time)?);
        var edit = column switch
        {
            LeadColumn.Priority => new LeadEdit { Priority = row.Priority },
            LeadColumn.Owner => new LeadEdit { OwnerId = row.OwnerId },
            LeadColumn.Value => new LeadEdit { Value = row.Value == Money.Zero ? null : AmountText.Write(row.Value) },
            LeadColumn.NextStep => new LeadEdit
            {
                NextStep = row.NextStep,
                NextStepOn = at?.Day,
                NextStepTime = at?.Time,
            },
            _ => new LeadEdit(),
        };
        return new LeadCellForm { Edit = edit, Status = row.Status, Tags = string.Join(", ", row.Tags) };
    }

    public LeadCellForm Copy() => new() { Edit = Edit.Copy(), Status = Status, Reason = Reason, Tags = Tags };

    /// <summary>Takes what is stored now of the edited field, to go on from.</summary>
    public LeadCellForm Seen(LeadColumn column, LeadEdit now) => new()
    {
        Edit = column switch
        {
            LeadColumn.Priority => new LeadEdit { Priority = now.Priority },
            LeadColumn.Owner => new LeadEdit { OwnerId = now.OwnerId },
            LeadColumn.Value => new LeadEdit { Value = now.Value },
            _ => new LeadEdit { NextStep = now.NextStep, NextStepOn = now.NextStepOn, NextStepTime = now.NextStepTime },
        },
        Status = Status,
        Tags = Tags,
    };
}
