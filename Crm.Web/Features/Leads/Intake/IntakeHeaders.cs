using Crm.Data;
using Crm.Web.Platform.Csv;

namespace Crm.Web.Features.Leads.Intake;

/// <summary>
/// Recognises the first row of exports: by which columns only one program has, and by the names that programs give to what a lead holds.
/// Names are compared folded, without what stands in parentheses.
/// </summary>
public static class IntakeHeaders
{
    // The surest name first: of two columns that could say the same, the one that stands earlier here does.
    private static readonly (IntakeField Field, string[] Names)[] Known =
    [
        (IntakeField.Name, ["lead name", "deal name", "opportunity name", "name", "lead title", "subject", "jina"]),
        (IntakeField.Company, ["company", "company name", "account name", "account", "organization name", "organization 1 name", "organisation", "organization", "associated company", "business name", "entreprise", "societe", "kampuni"]),
        (IntakeField.FirstName, ["first name", "firstname", "given name", "name first name", "name firstname", "forename", "prenom"]),
        (IntakeField.LastName, ["last name", "lastname", "family name", "name last name", "name lastname", "surname", "nom"]),
        (IntakeField.Contact, ["contact person", "contact name", "person name", "contact", "full name", "person"]),
        (IntakeField.Position, ["job title", "jobtitle", "position", "title", "role", "organization title", "organization 1 title"]),
        (IntakeField.Email, ["email", "e mail", "email address", "emails", "email1", "primary email", "emails primary email", "emails primaryemail", "e mail 1 value", "courriel", "barua pepe", "contact email", "person email", "e mail 2 value", "secondary email"]),
        (IntakeField.Phone, ["phone", "phone number", "office phone", "phone work", "work phone", "telephone", "simu", "contact number", "contact numbers", "person phone", "phones primary phone number", "phones primaryphonenumber", "phone 1 value", "mobile", "mobile phone", "mobile phone number", "phone mobile", "mobile number", "phone 2 value", "whatsapp", "whatsapp phone number"]),
        (IntakeField.City, ["city", "town", "ville", "mji", "primary address city", "address city", "address address city", "address 1 city", "address addresscity", "mailing city"]),
        (IntakeField.Business, ["kind of business", "industry", "business type", "lead type", "type"]),
        (IntakeField.Stage, ["stage", "lead status", "status", "deal stage", "lead stage", "stage name", "etape"]),
        (IntakeField.Priority, ["priority", "rating", "deal priority", "lead rating"]),
        (IntakeField.Value, ["estimated value", "lead value", "value", "amount", "deal amount", "opportunity amount", "deal value", "valeur", "montant"]),
        (IntakeField.Source, ["source", "lead source", "original source", "source name"]),
        (IntakeField.Tags, ["tags", "tag", "labels", "tag name", "group membership", "etiquettes"]),
        (IntakeField.Description, ["description", "notes", "note", "message", "lead description", "comments", "about"]),
    ];

    // What a common name means to one program alone.
    private static readonly Dictionary<(IntakeFormat, string), IntakeField> Meant = new()
    {
        [(IntakeFormat.Krayin, "title")] = IntakeField.Name,
        [(IntakeFormat.EspoCrm, "name")] = IntakeField.Contact,
        [(IntakeFormat.SuiteCrm, "name")] = IntakeField.Contact,
        [(IntakeFormat.Zoho, "lead name")] = IntakeField.Contact,
        [(IntakeFormat.Twenty, "name")] = IntakeField.Contact,
        [(IntakeFormat.GoogleContacts, "name")] = IntakeField.Contact,
    };

    public static IntakeHead Read(IReadOnlyList<string> headers)
    {
        headers = [.. headers.Select(FormulaGuard.Undo)]; // as the list of lines left out writes them
        var keys = headers.Select(Key).ToArray();
        var format = FormatOf([.. keys]);
        var fields = new IntakeField?[keys.Length];
        for (var at = 0; at < keys.Length; at++)
            if (Meant.TryGetValue((format, keys[at]), out var meant) && !fields.Contains(meant)) fields[at] = meant;
        foreach (var (field, names) in Known)
            foreach (var name in names)
                for (var at = 0; at < keys.Length; at++)
                    if (keys[at] == name && fields[at] is null && (IntakeFields.MayRepeat(field) || !fields.Contains(field))) fields[at] = field;
        return new IntakeHead(format, [.. headers.Select((header, at) => new IntakeColumn(CleanText.Typed(header) ?? $"Column {at + 1}", fields[at]))]);
    }

    /// <summary>A header as it is compared: without case, accents, signs, and what stands in parentheses.</summary>
    internal static string Key(string header)
    {
        var open = header.IndexOf('(', StringComparison.Ordinal);
        return string.Join(' ', Folding.Words(open > 0 ? header[..open] : header));
    }

    private static IntakeFormat FormatOf(HashSet<string> keys) => keys switch
    {
        _ when keys.IsSupersetOf(["number", "estimated value", "last updated"]) => IntakeFormat.Own,
        _ when keys.Any(k => k is "e mail 1 value" or "phone 1 value" or "e mail 1 label" or "phone 1 label" or "e mail 1 type" or "phone 1 type") => IntakeFormat.GoogleContacts,
        _ when keys.Any(k => k is "emails primary email" or "emails primaryemail" or "name first name" or "name firstname") => IntakeFormat.Twenty,
        _ when keys.Contains("lead owner") => IntakeFormat.Zoho,
        _ when keys.Contains("record id") && keys.Any(k => k is "lifecycle stage" or "lead status" or "contact owner" or "deal stage" or "deal owner") => IntakeFormat.HubSpot,
        _ when keys.Contains("account name") && keys.Any(k => k is "office phone" or "phone work" or "lead source" or "email1" or "assigned to") => IntakeFormat.SuiteCrm,
        _ when keys.Contains("account name") && keys.Any(k => k is "assigned user" or "opportunity amount" or "created at") => IntakeFormat.EspoCrm,
        _ when keys.Contains("lead value") || keys.Contains("sales person") && keys.Contains("title") => IntakeFormat.Krayin,
        _ => IntakeFormat.Other,
    };
}
