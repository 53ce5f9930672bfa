using Crm.Data.Search;

namespace Crm.Data.Leads;

/// <summary>Whether a deal is still open, was won or was lost.</summary>
public enum DealOutcome { Open, Won, Lost }

/// <summary>Why a deal was won; asked when it closes.</summary>
public enum WonReason { Price, Quality, Range, Service, Delivery, Relationship, Other }

/// <summary>A step that deals take, edited by the owner: its probability weighs the forecast.</summary>
public sealed class OpportunityStage : Entity, IVersioned, ILive
{
    public const int NameLength = 50;

    public required string Name { get; set; }

    /// <summary>Place on the board, ascending.</summary>
    public int Position { get; set; }

    /// <summary>How likely a deal of this stage is won, in basis points: 2500 is a quarter. 10000 when won, 0 when lost.</summary>
    public int ProbabilityBasisPoints { get; set; }

    public DealOutcome Outcome { get; init; }
    public int Version { get; set; }
    public ChangeTopic Topic => new(ChangeKinds.Opportunity, Guid.Empty);
}

/// <summary>A sale that may come: of a lead, of a customer, or of a lead that became one.</summary>
public sealed class Opportunity : Entity, IVersioned, ILive, ISearchable
{
    public const int TitleLength = 255;
    public const int DescriptionLength = 5000;
    public const int OutcomeNoteLength = 500;

    public Guid? LeadId { get; private set; }
    public Guid? CustomerId { get; private set; }
    public string Title { get; private set; } = "";
    public string? Description { get; private set; }
    public Guid StageId { get; private set; }

    /// <summary>The stage in the words of a client of the API, while the stage is the one that these words chose.</summary>
    public string? StageWords { get; private set; }

    /// <summary>Expected amount in minor units; 0 is not yet estimated.</summary>
    public long AmountMinor { get; private set; }

    /// <summary>When it is expected to close.</summary>
    public DateOnly? ExpectedOn { get; private set; }

    public Guid? OwnerId { get; private set; }

    /// <summary>Place within its stage, ascending; neighbours stand <see cref="Lead.RankStep"/> apart.</summary>
    public long Rank { get; private set; }

    public DateTime StageSince { get; private set; }
    public DateTime? ClosedAt { get; private set; }
    public WonReason? WonReason { get; private set; }
    public LostReason? LostReason { get; private set; }
    public string? OutcomeNote { get; private set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; private set; }
    public int Version { get; set; }
    public ChangeTopic Topic => new(ChangeKinds.Opportunity, Id);

    public void Describe(string title, string? description, long amountMinor, DateOnly? expectedOn, Guid? ownerId, DateTime now)
    {
        (Title, Description) = (title.Trim(), string.IsNullOrWhiteSpace(description) ? null : description.Trim());
        (AmountMinor, ExpectedOn, OwnerId, UpdatedAt) = (amountMinor, expectedOn, ownerId, now);
    }

    /// <summary>Whose deal it is; at least one of both.</summary>
    public void BelongTo(Guid? leadId, Guid? customerId) => (LeadId, CustomerId) = (leadId, customerId);

    /// <summary>Moves to an open stage, back from a closed one too; the reason of its end goes.</summary>
    public void MoveTo(OpportunityStage stage, long rank, DateTime now)
    {
        if (StageId != stage.Id) (StageSince, StageWords) = (now, null);
        (StageId, Rank, UpdatedAt) = (stage.Id, rank, now);
        (ClosedAt, WonReason, LostReason, OutcomeNote) = (null, null, null, null);
    }

    public void Win(OpportunityStage stage, WonReason reason, string? note, long rank, DateTime now)
    {
        MoveTo(stage, rank, now);
        (ClosedAt, WonReason, OutcomeNote) = (now, reason, note?.Trim());
    }

    public void Lose(OpportunityStage stage, LostReason reason, string? note, long rank, DateTime now)
    {
        MoveTo(stage, rank, now);
        (ClosedAt, LostReason, OutcomeNote) = (now, reason, note?.Trim());
    }

    /// <summary>Keeps the words in which a client of the API named the stage.</summary>
    public void NameStage(string? words) => StageWords = words;

    public void PlaceAt(long rank) => Rank = rank;

    SearchDocument ISearchable.Describe() => new(ChangeKinds.Opportunity, Id, null, Title, "", [Title]);
}
