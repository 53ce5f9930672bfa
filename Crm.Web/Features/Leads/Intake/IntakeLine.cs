using Crm.Data.Leads;

namespace Crm.Web.Features.Leads.Intake;

/// <summary>A line of a foreign file as the lead that it would be.</summary>
/// <param name="Edit">The lead's form; checked already.</param>
/// <param name="LostNote">The word of the file, for a lead that is lost.</param>
/// <param name="Person">Who is called there, when the line says.</param>
/// <param name="Problems">What cannot be taken, field by field; then the line is left out.</param>
public sealed record IntakeLine(
    IntakeRecord Record, LeadEdit Edit, LeadStatus Stage, string? LostNote, LeadContactEdit? Person, IReadOnlyList<string> Tags, IReadOnlyList<IntakeProblem> Problems)
{
    public bool IsGood => Problems.Count == 0;

    /// <summary>Name and reason, as the list of lines left out has it.</summary>
    public string Complaint => string.Join(' ', Problems.Select(p => p.Field is { } at ? $"{IntakeFields.Of(at)}: {p.Message}" : p.Message));
}

/// <summary>What cannot be taken of a line.</summary>
/// <param name="Field">The cell that it stands at; null for the line as a whole.</param>
public sealed record IntakeProblem(IntakeField? Field, string Message);

/// <summary>What would become of a line.</summary>
public enum IntakeFate { New, Known, Wrong }

/// <summary>A line, and what would become of it.</summary>
/// <param name="Why">Whom it is taken for, or what is wrong; null for a new one.</param>
public sealed record IntakeVerdict(IntakeLine Line, IntakeFate Fate, string? Why);

/// <summary>What a whole file would come to.</summary>
/// <param name="New">Lines that would be added.</param>
/// <param name="Known">Lines whose lead is here already, or stands in the file before.</param>
/// <param name="ToFill">Of the known ones those whose lead may be filled: no customers, nobody out of sight, no second line of the same file.</param>
/// <param name="Wrong">Lines that cannot be taken.</param>
/// <param name="Some">The first of each, in the order of the file.</param>
public sealed record IntakeCheck(int Lines, int New, int Known, int ToFill, int Wrong, IReadOnlyList<IntakeVerdict> Some);
