using System.Text;
using Crm.Web.Features.Leads.Intake;
using Crm.Web.Platform.Bulk;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads.Intake;

/// <summary>Files of leads as tests bring them.</summary>
static class GivenImports
{
    public const string HubSpot = """
        Record ID,First Name,Last Name,Email,Phone Number,Company Name,Lead Status,Job Title
        1,Wambūi,Ndung'u,wambui@mail.example,(416) 555-0133,Savannah Plates,NEW,Owner
        2,Kwame,Mensah,kwame@accragrill.example,647 555 0177,Accra Grill,OPEN_DEAL,
        3,Folake,Adeyemi,,,,ATTEMPTED_TO_CONTACT,
        4,Jean-Marc,Pierre,jm.pierre@example,,,UNQUALIFIED,
        5,Merle,Ramsaran,merle@auntie.example,905 555 0121,,UNQUALIFIED,
        6,M.,Ramsaran,MERLE@auntie.example,,,NEW,
        """;

    public static async Task<IntakeFile> FileAsync(this TestDesk desk, string text, string name = "leads.csv")
    {
        using var upload = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var id = (await desk.Get<LeadIntake>().UploadAsync(upload, name, new Progress<long>(), CancellationToken.None)).Value;
        return (await desk.Get<LeadIntake>().FindAsync(id, CancellationToken.None)).Value;
    }

    public static IntakeOrder Order(this IntakeFile file) => new(file.Id, [.. file.Columns.Select(c => c.Field)]);

    public static async Task<BulkRow> ImportAsync(this TestShop shop, TestDesk desk, IntakeOrder order)
    {
        var id = (await desk.Get<LeadIntake>().StartAsync(order, CancellationToken.None)).Value;
        await shop.Get<BulkWorker>().WorkDueAsync(CancellationToken.None);
        return (await desk.Get<BulkRuns>().FindAsync(id, CancellationToken.None)).Value;
    }
}
