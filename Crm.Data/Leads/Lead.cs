using Crm.Data.Search;

namespace Crm.Data.Leads;

/// <summary>How far an interest has come; the columns of the board, in this order.</summary>
public enum LeadStatus { New, Contacted, Qualified, Converted, Lost }

/// <summary>Which stages are still worked on.</summary>
public static class LeadStages
{
    public static readonly LeadStatus[] Open = [LeadStatus.New, LeadStatus.Contacted, LeadStatus.Qualified];

    public static bool IsOpen(this LeadStatus status) => Open.Contains(status);
}

/// <summary>How much a lead matters to the shop.</summary>
public enum LeadPriority { Low, Medium, High }

/// <summary>Why a lead was lost; asked at the move.</summary>
public enum LostReason { Price, Delivery, Competitor, NoAnswer, NotNow, NotAFit, Other }

/// <summary>An unproven interest, usually of a caterer, restaurant or church, that an agent works on.</summary>
public sealed class Lead : Entity, IVersioned, ILive, ISearchable
{
    public const int NameLength = 200;
    public const int SourceLength = 100;
    public const int DescriptionLength = 5000;
    public const int ConsentLength = 500;

    /// <summary>Distance between neighbours on the board, so that a card fits between two others without moving them.</summary>
    public const long RankStep = 1L << 20;

    /// <summary>The short number that people see: L-1042.</summary>
    public long Number { get; init; }

    public string Name { get; private set; } = "";
    public string? Company { get; private set; }

    /// <summary>What kind of business: restaurant, caterer, church, family.</summary>
    public string? Business { get; private set; }

    public string? City { get; private set; }
    public string? Email { get; private set; }

    /// <summary>E.164, for example +254722123456.</summary>
    public string? Phone { get; private set; }

    public LeadStatus Status { get; private set; } = LeadStatus.New;
    public LeadPriority Priority { get; private set; } = LeadPriority.Medium;

    /// <summary>Estimated value in minor units; 0 is not yet estimated.</summary>
    public long ValueMinor { get; private set; }

    public string? Source { get; private set; }
    public string? Description { get; private set; }

    /// <summary>The agent who works on it.</summary>
    public Guid? OwnerId { get; private set; }

    /// <summary>When somebody else gave it to <see cref="OwnerId"/>; null for who took it themselves.</summary>
    public DateTime? AssignedAt { get; private set; }

    /// <summary>Place within its column, ascending; see <see cref="RankStep"/>.</summary>
    public long Rank { get; private set; }

    public string? NextStep { get; private set; }
    public DateTime? NextStepAt { get; private set; }
    public LostReason? LostReason { get; private set; }
    public string? LostNote { get; private set; }
    public DateTime StatusSince { get; private set; }

    /// <summary>Last time a person did something with it; background writes do not count.</summary>
    public DateTime TouchedAt { get; private set; }

    public Guid? ConvertedCustomerId { get; private set; }

    /// <summary>What somebody who wrote through the web form agreed to, word for word.</summary>
    public string? ConsentWording { get; private set; }
    public DateTime? ConsentAt { get; private set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; private set; }
    public int Version { get; set; }

    public List<LeadContact> Contacts { get; } = [];
    public List<LeadNote> Notes { get; } = [];
    public List<Reminder> Reminders { get; } = [];
    public List<LeadTag> Tags { get; } = [];

    public ChangeTopic Topic => new(ChangeKinds.Lead, Id);

    public bool IsOpen => Status.IsOpen();

    public void Describe(string name, string? company, string? business, string? city, string? email, string? e164, string? source, string? description)
    {
        (Name, Company, Business, City) = (name.Trim(), Blank(company), Blank(business), Blank(city));
        (Email, Phone, Source, Description) = (Blank(email), Blank(e164), Blank(source), Blank(description));
    }

    public void Rate(LeadPriority priority, Money value) => (Priority, ValueMinor) = (priority, value.Minor);

    /// <summary>Gives it to somebody, or to nobody.</summary>
    /// <param name="by">Who does it: what somebody takes themselves was not given to them.</param>
    public void Assign(Guid? ownerId, Guid? by, DateTime now)
    {
        if (ownerId != OwnerId) (OwnerId, AssignedAt) = (ownerId, ownerId is null || ownerId == by ? null : now);
    }

    public void Agree(string wording, DateTime now) => (ConsentWording, ConsentAt) = (wording, now);
    public void PlanNext(string? step, DateTime? at) => (NextStep, NextStepAt) = (Blank(step), at);
    public void PlaceAt(long rank) => Rank = rank;

    /// <summary>Moves to an open stage, back from lost or converted too; the reason of a loss goes.</summary>
    public void MoveTo(LeadStatus status, long rank, DateTime now)
    {
        if (status != Status || StatusSince == default) StatusSince = now;
        (Status, Rank, LostReason, LostNote) = (status, rank, null, null);
        Touch(now);
    }

    public void Lose(LostReason reason, string? note, long rank, DateTime now)
    {
        MoveTo(LeadStatus.Lost, rank, now);
        (LostReason, LostNote) = (reason, Blank(note));
    }

    public void ConvertTo(Guid customerId, long rank, DateTime now)
    {
        MoveTo(LeadStatus.Converted, rank, now);
        ConvertedCustomerId = customerId;
    }

    /// <summary>A person worked on it: it is not stale.</summary>
    public void Touch(DateTime now) => (TouchedAt, UpdatedAt) = (now, now);

    SearchDocument ISearchable.Describe() => new(ChangeKinds.Lead, Id, $"L-{Number}", Name,
        string.Join(" · ", new[] { Business, Company, City }.Where(s => s is not null)),
        [Name, Company, Business, City, Email, Phone, $"L-{Number}", .. PhoneSearch.Ends(Phone)]);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
