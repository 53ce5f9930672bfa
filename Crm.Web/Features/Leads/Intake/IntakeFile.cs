namespace Crm.Web.Features.Leads.Intake;

/// <summary>A file that was brought here, as people see it before they import it.</summary>
/// <param name="Lines">Data lines, without the first row and without empty ones.</param>
/// <param name="First">The first few lines, for the screen.</param>
public sealed record IntakeFile(Guid Id, string Name, IntakeFormat Format, string Encoding, string Separator, int Lines, IReadOnlyList<IntakeColumn> Columns, IReadOnlyList<IntakeRecord> First);

/// <summary>A line of the file as it stands there.</summary>
/// <param name="At">Which one it is, from 1, without the first row.</param>
/// <param name="Line">Where it begins in the file, as an editor counts lines.</param>
public sealed record IntakeRecord(int At, long Line, IReadOnlyList<string> Cells);

/// <summary>The kept file's table of contents.</summary>
sealed record IntakeContents(string Name, IntakeFormat Format, string Encoding, string Separator, int Lines, IReadOnlyList<IntakeColumn> Columns, IReadOnlyList<IntakePart> Parts);

/// <summary>Some of its lines, from this one on.</summary>
sealed record IntakePart(Guid FileId, int From, int Count);
