namespace Crm.Web.Features.Leads.Intake;

/// <summary>Whose export a file is, as far as its first row tells.</summary>
public enum IntakeFormat { Other, Own, HubSpot, EspoCrm, SuiteCrm, Krayin, Zoho, Twenty, GoogleContacts }

/// <summary>A column of a file, and what it says of a lead; null is left out.</summary>
public sealed record IntakeColumn(string Header, IntakeField? Field);

/// <summary>What the first row of a file tells.</summary>
public sealed record IntakeHead(IntakeFormat Format, IReadOnlyList<IntakeColumn> Columns);

/// <summary>The words on screen for the formats.</summary>
public static class IntakeFormats
{
    public static string Of(IntakeFormat format) => format switch
    {
        IntakeFormat.Other => "A table",
        IntakeFormat.Own => "An export of this shop",
        IntakeFormat.HubSpot => "HubSpot",
        IntakeFormat.EspoCrm => "EspoCRM",
        IntakeFormat.SuiteCrm => "SuiteCRM",
        IntakeFormat.Krayin => "Krayin",
        IntakeFormat.Zoho => "Zoho CRM",
        IntakeFormat.Twenty => "Twenty",
        IntakeFormat.GoogleContacts => "Google Contacts",
    };

    /// <summary>Where leads of such a file say that they came from, when the file itself does not.</summary>
    public static string? SourceOf(IntakeFormat format) => format is IntakeFormat.Other or IntakeFormat.Own ? null : Of(format);
}
