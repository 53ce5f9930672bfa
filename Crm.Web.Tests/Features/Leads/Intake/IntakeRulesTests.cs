using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads.Intake;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads.Intake;

/// <summary>What a line becomes, by a table.</summary>
[Trait("contract", "M-152")]
public sealed class IntakeRulesTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory]
    [InlineData("Name", "Mama Nkechi", "Mama Nkechi", null)]
    [InlineData("Company,FirstName,LastName", "Savannah Plates|Wambūi|Ndung'u", "Savannah Plates", "Wambūi Ndung'u")]
    [InlineData("FirstName,LastName", "Wambūi|Ndung'u", "Wambūi Ndung'u", "Wambūi Ndung'u")]
    [InlineData("FirstName,LastName,Contact", "||Kwame Mensah", "Kwame Mensah", "Kwame Mensah")]
    [InlineData("Name,Company,Contact", "Jollof for 80|Savannah|Kwame", "Jollof for 80", "Kwame")]
    [InlineData("Name,Email", "|kwame@mail.example", "kwame@mail.example", null)]
    [InlineData("Name,Phone", "|(416) 555-0134", "(416) 555-0134", null)]
    public async Task Whom_a_line_is_about(string fields, string cells, string name, string? person)
    {
        var line = await ReadAsync(fields, cells);

        Assert.Empty(line.Problems);
        Assert.Equal((name, person), (line.Edit.Name, line.Person?.Name));
    }

    [Theory]
    [InlineData("Stage", "Attempted to Contact", LeadStatus.Contacted)]
    [InlineData("Stage", "OPEN_DEAL", LeadStatus.Qualified)]
    [InlineData("Stage", "In Process", LeadStatus.Contacted)]
    [InlineData("Stage", "Junk Lead", LeadStatus.Lost)]
    [InlineData("Stage", "Converted", LeadStatus.Qualified)]
    [InlineData("Stage", "Somewhere else", LeadStatus.New)]
    [InlineData("Stage", "", LeadStatus.New)]
    public async Task Other_programs_words_for_stages(string fields, string cells, LeadStatus stage) =>
        Assert.Equal(stage, (await ReadAsync($"Name,{fields}", $"Mama Nkechi|{cells}")).Stage);

    [Theory]
    [InlineData("1450", "1450", null)]
    [InlineData("$1,450.50", "$1,450.50", null)]
    [InlineData("1450.000000", "1450.00", null)]
    [InlineData("CAD 1 450,50", "CAD 1 450,50", null)]
    [InlineData("-5", "-5", "A value cannot be less than nothing.")]
    [InlineData("much", "much", "Write an amount like 1450 or 1,450.50.")]
    public async Task What_a_lead_is_worth(string cell, string kept, string? problem)
    {
        var line = await ReadAsync("Name,Value", $"Mama Nkechi|{cell}");

        Assert.Equal((kept, problem), (line.Edit.Value, line.Problems.SingleOrDefault()?.Message));
        if (problem is not null) Assert.Equal(IntakeField.Value, line.Problems[0].Field);
    }

    [Theory]
    [InlineData("Name,Email", "Mama|not an address", IntakeField.Email)]
    [InlineData("Name,Phone", "Mama|12", IntakeField.Phone)]
    [InlineData("Name,City", "|Toronto", IntakeField.Name)]
    [InlineData("Name,Tags", "Mama|this word is far too long to be a tag of a lead in any shop", IntakeField.Tags)]
    [InlineData("Name", "Mama|and one cell too many", null)]
    public async Task A_problem_stands_at_its_cell(string fields, string cells, IntakeField? at) =>
        Assert.Equal(at, Assert.Single((await ReadAsync(fields, cells)).Problems).Field);

    [Fact]
    public async Task Several_values_in_one_cell_formulas_and_the_choices_for_all()
    {
        var line = await ReadAsync("Name,Phone,Phone,Email,Tags,Description,Description,Priority", "'=Mama|+1 416 555 0134 ::: +1 647 555 0100|+1 905 555 0121|a@mail.example ::: b@mail.example|* myContacts ::: Halal, festival|First|Second|Hot",
            new IntakeOrder(Guid.Empty, [], Tag: "#Autumn", Source: "HubSpot"));

        Assert.Empty(line.Problems);
        Assert.Equal(("=Mama", "+1 416 555 0134", "a@mail.example", "First\nSecond", "HubSpot", LeadPriority.High), (line.Edit.Name, line.Edit.Phone, line.Edit.Email, line.Edit.Description, line.Edit.Source, line.Edit.Priority));
        Assert.Equal(["mycontacts", "halal", "festival", "autumn"], line.Tags);
    }

    private static async Task<IntakeLine> ReadAsync(string fields, string cells, IntakeOrder? order = null)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var said = fields.Split(',').Select(f => (IntakeField?)Enum.Parse<IntakeField>(f)).ToArray();
        return await shop.As(TestPeople.Owner).Get<IntakeRules>().ReadAsync(new IntakeRecord(1, 2, cells.Split('|')), (order ?? new IntakeOrder(Guid.Empty, [])) with { Fields = said }, Ct);
    }
}
