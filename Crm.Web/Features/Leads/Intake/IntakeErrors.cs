using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads.Intake;

/// <summary>The file cannot be taken; nothing of it was kept.</summary>
public sealed record IntakeFileRefused(string Why) : InvalidError("File", Why);

/// <summary>There is no such file, it is somebody else's, or it was cleared away.</summary>
public sealed record IntakeFileNotFound() : NotFoundError("This file is not here any more. Choose it again.");

/// <summary>No column names whom a line is about.</summary>
public sealed record IntakeNamesNobody() : InvalidError("Fields", "Say which column names the lead: its name, a company, a person, an e-mail address or a phone number.");

/// <summary>There is no list of lines left out, or it was cleared away.</summary>
public sealed record IntakeListNotFound() : NotFoundError("There is no list of lines left out. Such lists are kept for a month.");
