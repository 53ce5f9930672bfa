using Crm.Data.Leads;
using Crm.Web.Platform.Files;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Leads;

/// <summary>A call, mail, message or meeting as its form holds it; day and hour are the shop's, none is now.</summary>
public sealed class LeadTalkEdit
{
    public CorrespondenceKind Kind { get; set; } = CorrespondenceKind.Phone;
    public CorrespondenceDirection Direction { get; set; }
    public Guid? ContactId { get; set; }
    public string? Subject { get; set; }
    public string? Description { get; set; }
    public string? Outcome { get; set; }
    public DateOnly? On { get; set; }
    public TimeOnly? Time { get; set; }

    /// <summary>The instant itself, UTC, as programs say it, instead of day and hour.</summary>
    public DateTime? At { get; set; }

    /// <summary>Files to be attached.</summary>
    public IReadOnlyList<NewFile> Files { get; set; } = [];

    /// <summary>Files to be taken off.</summary>
    public IReadOnlyCollection<Guid> Removed { get; set; } = [];

    public LeadTalkEdit Copy() => (LeadTalkEdit)MemberwiseClone();

    public static readonly IReadOnlyList<FormField<LeadTalkEdit>> Fields =
    [
        new(nameof(Kind), "Kind", e => LeadWords.Of(e.Kind), (to, from) => to.Kind = from.Kind),
        new(nameof(Direction), "Who began", e => e.Direction is CorrespondenceDirection.Incoming ? "They did" : "We did", (to, from) => to.Direction = from.Direction),
        new(nameof(ContactId), "With", e => e.ContactId?.ToString(), (to, from) => to.ContactId = from.ContactId),
        new(nameof(Subject), "About", e => FormJoin.Text(e.Subject), (to, from) => to.Subject = from.Subject),
        new(nameof(Description), "What was said", e => FormJoin.Text(e.Description), (to, from) => to.Description = from.Description),
        new(nameof(Outcome), "Outcome", e => FormJoin.Text(e.Outcome), (to, from) => to.Outcome = from.Outcome),
        new(nameof(On), "Day", e => e.On?.ToString("O"), (to, from) => to.On = from.On),
        new(nameof(Time), "Hour", e => e.Time?.ToString("HH:mm"), (to, from) => to.Time = from.Time),
    ];
}

/// <summary>What a program changes of a talk; null leaves it as it is.</summary>
public sealed class LeadTalkPatch
{
    public CorrespondenceKind? Kind { get; set; }
    public Guid? ContactId { get; set; }
    public string? Subject { get; set; }
    public string? Description { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? At { get; set; }
}

/// <summary>A talk to be edited, with the files that hang on it.</summary>
public sealed record LeadTalkForm(LeadTalkEdit Edit, IReadOnlyList<FileLine> Files);

/// <summary>Somebody else changed the same fields of a talk since the form was opened; nothing was saved.</summary>
public sealed record TalkChangedMeanwhile(string Who, DateTime At, IReadOnlyList<Clash> Clashes, LeadTalkEdit Now)
    : Crm.Web.Platform.Results.ConflictError($"{Who} changed this while you were writing.");
