using System.ComponentModel.DataAnnotations;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Settings.Pipeline;

/// <summary>The rules of the lead board as they are typed: days and per cent.</summary>
public sealed class PipelineForm
{
    private const int PerCent = PipelineSettings.Whole / 100;
    private const string Days = "Give a number of days from 1 to 365.";
    private const string Chance = "Give a share from 0 to 100 %.";

    [Range(1, PipelineSettings.MostDays, ErrorMessage = Days)] public int NewDays { get; set; }
    [Range(1, PipelineSettings.MostDays, ErrorMessage = Days)] public int ContactedDays { get; set; }
    [Range(1, PipelineSettings.MostDays, ErrorMessage = Days)] public int QualifiedDays { get; set; }
    [Range(0, 100, ErrorMessage = Chance)] public int NewChance { get; set; }
    [Range(0, 100, ErrorMessage = Chance)] public int ContactedChance { get; set; }
    [Range(0, 100, ErrorMessage = Chance)] public int QualifiedChance { get; set; }

    /// <summary>A mail once a week about stale leads, to the owners.</summary>
    public bool MailsDigest { get; set; }
    [EnumDataType(typeof(DayOfWeek), ErrorMessage = "Choose a day of the week.")] public DayOfWeek DigestOn { get; set; } = DayOfWeek.Monday;

    /// <summary>Of the row that was read; null where nobody has changed the rules yet.</summary>
    public int? Version { get; set; }

    public static PipelineForm Of(PipelineSettings settings, int? version) => new()
    {
        NewDays = settings.NewDays,
        ContactedDays = settings.ContactedDays,
        QualifiedDays = settings.QualifiedDays,
        NewChance = settings.NewBasisPoints / PerCent,
        ContactedChance = settings.ContactedBasisPoints / PerCent,
        QualifiedChance = settings.QualifiedBasisPoints / PerCent,
        MailsDigest = settings.MailsDigest,
        DigestOn = settings.DigestOn,
        Version = version,
    };

    public PipelineSettings ToSettings() => new()
    {
        NewDays = NewDays,
        ContactedDays = ContactedDays,
        QualifiedDays = QualifiedDays,
        NewBasisPoints = NewChance * PerCent,
        ContactedBasisPoints = ContactedChance * PerCent,
        QualifiedBasisPoints = QualifiedChance * PerCent,
        MailsDigest = MailsDigest,
        DigestOn = DigestOn,
    };

    /// <summary>What cannot be taken, field by field, or null.</summary>
    public InvalidError? Complaint()
    {
        var found = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), found, validateAllProperties: true);
        return found.Count == 0 ? null : InvalidError.Of([.. found.Select(f => new InvalidError(f.MemberNames.First(), f.ErrorMessage!))]);
    }
}
