using Crm.Web.Features.Leads.Intake;

namespace Crm.Web.Tests.Features.Leads.Intake;

/// <summary>What the first row of each program's export is taken for; the samples are written by hand after what the programs write.</summary>
[Trait("contract", "M-152")]
public sealed class IntakeHeadersTests
{
    [Theory]
    [InlineData(IntakeFormat.HubSpot, "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Company Name,Lifecycle Stage,Lead Status,Job Title,City,Create Date (EST)",
        "-,FirstName,LastName,Email,Phone,-,Company,-,Stage,Position,City,-")]
    [InlineData(IntakeFormat.HubSpot, "Record ID,Deal Name,Deal Stage,Amount,Deal owner,Priority", "-,Name,Stage,Value,-,Priority")]
    [InlineData(IntakeFormat.EspoCrm, "Name,First Name,Last Name,Account Name,Title,Status,Source,Email,Phone,City,Opportunity Amount,Description,Assigned User,Created At",
        "Contact,FirstName,LastName,Company,Position,Stage,Source,Email,Phone,City,Value,Description,-,-")]
    [InlineData(IntakeFormat.SuiteCrm, "ID,Salutation,First Name,Last Name,Title,Account Name,Lead Source,Status,Office Phone,Mobile,Email Address,Primary Address City,Opportunity Amount,Lead Description,Assigned to",
        "-,-,FirstName,LastName,Position,Company,Source,Stage,Phone,Phone,Email,City,Value,Description,-")]
    [InlineData(IntakeFormat.SuiteCrm, "id,first_name,last_name,account_name,lead_source,status,phone_work,phone_mobile,email1,primary_address_city", "-,FirstName,LastName,Company,Source,Stage,Phone,Phone,Email,City")]
    [InlineData(IntakeFormat.Krayin, "ID,Title,Lead Value,Source,Lead Type,Tag Name,Contact Person,Stage,Sales Person,Expected Close Date,Created At", "-,Name,Value,Source,Business,Tags,Contact,Stage,-,-,-")]
    [InlineData(IntakeFormat.Zoho, "Record Id,Lead Owner,Company,First Name,Last Name,Title,Email,Phone,Mobile,Lead Source,Lead Status,Industry,Annual Revenue,Rating,City,Description,Tag",
        "-,-,Company,FirstName,LastName,Position,Email,Phone,Phone,Source,Stage,Business,-,Priority,City,Description,Tags")]
    [InlineData(IntakeFormat.Twenty, "Id,Name / First Name,Name / Last Name,Emails / Primary Email,Phones / Primary Phone Number,Company / Name,Job Title,City", "-,FirstName,LastName,Email,Phone,Company,Position,City")]
    [InlineData(IntakeFormat.GoogleContacts, "First Name,Middle Name,Last Name,Organization Name,Organization Title,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - City",
        "FirstName,-,LastName,Company,Position,Description,Tags,-,Email,-,Phone,City")]
    [InlineData(IntakeFormat.GoogleContacts, "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Name", "Contact,FirstName,LastName,Tags,-,Email,-,Phone,Company")]
    [InlineData(IntakeFormat.Own, "ID,Number,Name,Company,Email,Phone,Status,Priority,Source,Owner,Estimated Value (CAD),Description,Created Date,Last Updated", "-,-,Name,Company,Email,Phone,Stage,Priority,Source,-,Value,Description,-,-")]
    [InlineData(IntakeFormat.Other, " NAME , Téléphone,E-MAIL,Ville,Estimated Value,Mystery", "Name,Phone,Email,City,Value,-")]
    [InlineData(IntakeFormat.Other, "Colour,Size", "-,-")]
    public void Each_programs_first_row_is_recognised(IntakeFormat format, string header, string fields)
    {
        var head = IntakeHeaders.Read(header.Split(','));

        Assert.Equal(format, head.Format);
        Assert.Equal(fields.Split(','), head.Columns.Select(c => c.Field?.ToString() ?? "-"));
    }

    [Fact]
    public void A_column_without_a_name_gets_one_and_of_two_that_say_the_same_the_surer_one_counts()
    {
        var head = IntakeHeaders.Read(["", "Status", "Stage", "Email", "Secondary Email"]);

        Assert.Equal("Column 1", head.Columns[0].Header);
        Assert.Equal([null, null, IntakeField.Stage, IntakeField.Email, IntakeField.Email], head.Columns.Select(c => c.Field));
    }

    [Fact]
    public void A_name_that_would_run_as_a_formula_is_the_same_with_and_without_its_apostrophe()
    {
        Assert.Equal(["=Name", "+Email"], IntakeHeaders.Read(["'=Name", "'+Email"]).Columns.Select(c => c.Header));
        Assert.Equal([IntakeField.Name, IntakeField.Email], IntakeHeaders.Read(["=Name", "'+Email"]).Columns.Select(c => c.Field));
    }
}
