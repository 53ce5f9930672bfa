using Crm.Web.Platform.Api;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads.Api;

/// <summary>What the parts of leads have in common for programs.</summary>
static class LeadParts
{
    private static readonly Dictionary<string, string> Names = new() { ["Text"] = "content", ["On"] = "reminder_date", ["ContactId"] = "contact", ["Kind"] = "type", ["UserId"] = "user_id" };
    private static readonly Dictionary<string, string> TalkNames = new(Names) { ["On"] = "date" };

    /// <summary>A part stays with its lead; a program that sends the lead again has to send the same.</summary>
    public static void CheckLead(FieldReader fields, bool whole, Guid leadId)
    {
        if (fields.NeededKey(whole, "lead") is { } sent && sent != leadId) fields.Complain("lead", "This stays with its lead.");
    }

    /// <param name="leadId">That the program named; a lead that is not there is a complaint about that field.</param>
    public static IResult Refuse(Error error, Guid? leadId = null) => error is LeadNotFound && leadId is not null
        ? ApiErrors.Field("lead", $"Invalid pk \"{leadId}\" - object does not exist.")
        : ApiErrors.Of(error, Names);

    public static IResult RefuseTalk(Error error) => ApiErrors.Of(error, TalkNames);
}
