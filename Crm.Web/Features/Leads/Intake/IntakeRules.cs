using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Features.Leads.Tags;
using Crm.Web.Platform.Csv;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads.Intake;

/// <summary>Makes of a line the lead that it would be, by the rules of the form: what no form would take is left out, with why.</summary>
public sealed class IntakeRules(LeadForms forms)
{
    private static readonly Dictionary<string, IntakeField> FieldsOfForm = new()
    {
        [nameof(LeadEdit.Name)] = IntakeField.Name,
        [nameof(LeadEdit.Company)] = IntakeField.Company,
        [nameof(LeadEdit.Business)] = IntakeField.Business,
        [nameof(LeadEdit.City)] = IntakeField.City,
        [nameof(LeadEdit.Email)] = IntakeField.Email,
        [nameof(LeadEdit.Phone)] = IntakeField.Phone,
        [nameof(LeadEdit.Value)] = IntakeField.Value,
        [nameof(LeadEdit.Source)] = IntakeField.Source,
        [nameof(LeadEdit.Description)] = IntakeField.Description,
    };

    private static readonly string[] Separators = [" ::: ", ":::"];

    /// <summary>Whether lines would say whom they are about.</summary>
    public static bool NamesSomebody(IEnumerable<IntakeField?> fields) => fields.Any(f => f is IntakeField.Name or IntakeField.Company or IntakeField.FirstName
        or IntakeField.LastName or IntakeField.Contact or IntakeField.Email or IntakeField.Phone);

    public async Task<IntakeLine> ReadAsync(IntakeRecord record, IntakeOrder order, CancellationToken ct)
    {
        var cells = new IntakeCells(record.Cells, order.Fields);
        var problems = new List<IntakeProblem>();
        if (cells.HasMore) problems.Add(new(null, "The line has more cells than the first row: a quotation mark may be missing."));
        var (company, person) = (cells.One(IntakeField.Company), cells.Person);
        var (email, phone) = (Several(cells.One(IntakeField.Email)), Several(cells.One(IntakeField.Phone)));
        var edit = new LeadEdit
        {
            Name = cells.One(IntakeField.Name) ?? company ?? person ?? email ?? phone,
            Company = company,
            Business = cells.One(IntakeField.Business),
            City = cells.One(IntakeField.City),
            Email = email,
            Phone = phone,
            Value = Amount(cells.One(IntakeField.Value)),
            Source = cells.One(IntakeField.Source) ?? CleanText.Typed(order.Source),
            OwnerId = order.OwnerId,
            Description = cells.All(IntakeField.Description),
        };
        if (cells.One(IntakeField.Priority) is { } word) edit.Priority = IntakeStages.PriorityOf(word) ?? LeadPriority.Medium;
        if (edit.Name is null) problems.Add(new(IntakeField.Name, "The line does not say whom it is about."));
        else if (await forms.ComplaintAsync(edit, order.OwnerId, ct) is InvalidError wrong)
            problems.AddRange((wrong.All.Count > 0 ? wrong.All : [wrong]).Select(w => new IntakeProblem(FieldsOfForm.TryGetValue(w.Field, out var field) ? field : null, w.Message)));

        var stage = cells.One(IntakeField.Stage);
        var tags = Tags(cells, order, problems);
        return new IntakeLine(record, edit, StageOf(stage), stage, PersonOf(cells, person, edit, problems), tags, problems);
    }

    // Leads become customers one by one, each with a dialog of its own: until then they are as far as a lead comes.
    private static LeadStatus StageOf(string? word) => word is null ? LeadStatus.New : IntakeStages.StageOf(word) switch
    {
        LeadStatus.Converted => LeadStatus.Qualified,
        { } known => known,
        null => LeadStatus.New,
    };

    private static LeadContactEdit? PersonOf(IntakeCells cells, string? person, LeadEdit edit, List<IntakeProblem> problems)
    {
        if (person is null) return null;
        var complaints = new Complaints();
        complaints.Within("", person, LeadLimits.ContactName);
        if (complaints.Error is { } tooLong) problems.Add(new(IntakeField.Contact, tooLong.Message));
        var position = cells.One(IntakeField.Position);
        complaints = new Complaints();
        complaints.Within("", position, LeadLimits.ContactPosition);
        if (complaints.Error is { } alsoTooLong) problems.Add(new(IntakeField.Position, alsoTooLong.Message));
        return new LeadContactEdit { Name = person, Position = position, Email = edit.Email, Phone = edit.Phone, IsPrimary = true };
    }

    private static List<string> Tags(IntakeCells cells, IntakeOrder order, List<IntakeProblem> problems)
    {
        var tags = (cells.All(IntakeField.Tags) ?? "").Split([.. Separators, ",", ";", "\n"], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => LeadTags.Tidy(word.Trim().TrimStart('*'))).Append(LeadTags.Tidy(order.Tag)).OfType<string>().Distinct().ToList();
        if (tags.Find(t => LeadTags.TooLong(t) is not null) is { } tooLong) problems.Add(new(IntakeField.Tags, LeadTags.TooLong(tooLong)!));
        if (tags.Count > LeadTags.Most) problems.Add(new(IntakeField.Tags, $"A lead has {LeadTags.Most} tags at most."));
        return tags;
    }

    // Some programs write all numbers of a person into one cell: the first is the one to call.
    private static string? Several(string? text) => CleanText.Typed(text?.Split(Separators, StringSplitOptions.None)[0]);

    // 1450.000000, as some programs write 1,450: noughts beyond the cents say nothing.
    private static string? Amount(string? text)
    {
        var point = text?.LastIndexOf('.') ?? -1;
        return point >= 0 && text!.Length - point > 4 && text[(point + 3)..].All(c => c == '0') ? text[..(point + 3)] : text;
    }
}

/// <summary>The cells of one line, by what they say.</summary>
sealed class IntakeCells(IReadOnlyList<string> cells, IReadOnlyList<IntakeField?> fields)
{
    /// <summary>Whether something stands beyond the last column.</summary>
    public bool HasMore => cells.Skip(fields.Count).Any(c => CleanText.Typed(c) is not null);

    /// <summary>Who is called there.</summary>
    public string? Person => (One(IntakeField.FirstName), One(IntakeField.LastName)) switch
    {
        ({ } first, { } last) => $"{first} {last}",
        var (first, last) => first ?? last ?? One(IntakeField.Contact),
    };

    /// <summary>The first such cell that says something.</summary>
    public string? One(IntakeField field) => Of(field).FirstOrDefault();

    /// <summary>All such cells, one below the other.</summary>
    public string? All(IntakeField field) => Of(field).ToList() is { Count: > 0 } texts ? string.Join('\n', texts) : null;

    private IEnumerable<string> Of(IntakeField field) =>
        Enumerable.Range(0, Math.Min(cells.Count, fields.Count)).Where(at => fields[at] == field).Select(at => CleanText.Typed(FormulaGuard.Undo(cells[at]))).OfType<string>();
}
