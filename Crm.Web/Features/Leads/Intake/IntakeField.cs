namespace Crm.Web.Features.Leads.Intake;

/// <summary>What a column of a foreign file can say of a lead.</summary>
public enum IntakeField { Name, Company, FirstName, LastName, Contact, Position, Email, Phone, City, Business, Stage, Priority, Value, Source, Tags, Description }

/// <summary>The words on screen for them, and which of them several columns may say.</summary>
public static class IntakeFields
{
    public static readonly IReadOnlyList<IntakeField> All = Enum.GetValues<IntakeField>();

    public static string Of(IntakeField field) => field switch
    {
        IntakeField.Name => "Name of the lead",
        IntakeField.Company => "Company",
        IntakeField.FirstName => "First name",
        IntakeField.LastName => "Last name",
        IntakeField.Contact => "Contact's whole name",
        IntakeField.Position => "Contact's position",
        IntakeField.Email => "E-mail",
        IntakeField.Phone => "Phone",
        IntakeField.City => "City",
        IntakeField.Business => "Kind of business",
        IntakeField.Stage => "Stage",
        IntakeField.Priority => "Priority",
        IntakeField.Value => "Value",
        IntakeField.Source => "Source",
        IntakeField.Tags => "Tags",
        IntakeField.Description => "Description",
    };

    /// <summary>Of several such columns the first that says something counts; of tags and descriptions all do.</summary>
    internal static bool MayRepeat(IntakeField field) => field is IntakeField.Email or IntakeField.Phone or IntakeField.Tags or IntakeField.Description;
}
