using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Phones;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;

namespace Crm.Web.Features.Leads;

/// <summary>Between a lead as it is stored and its form: reads, checks, writes and joins.</summary>
public sealed class LeadForms(Shop shop, OwnClock clock, StaffDirectory staff, CurrentActor actor)
{
    /// <summary>The form of a stored lead.</summary>
    public LeadEdit Of(Lead lead) => Of(lead.Name, lead.Company, lead.Business, lead.City, lead.Email, lead.Phone, lead.Priority,
        new Money(lead.ValueMinor), lead.Source, lead.OwnerId, lead.Description, lead.NextStep, lead.NextStepAt);

    /// <summary>The form of a lead on screen.</summary>
    public LeadEdit Of(LeadDetail lead) => Of(lead.Name, lead.Company, lead.Business, lead.City, lead.Email, lead.Phone, lead.Priority,
        lead.Value, lead.Source, lead.OwnerId, lead.Description, lead.NextStep, lead.NextStepAt);

    /// <summary>What cannot be stored, field by field, or null.</summary>
    /// <param name="ownerNow">Whose the lead is already; a former colleague's lead may be saved without giving it away.</param>
    internal async Task<Error?> ComplaintAsync(LeadEdit edit, Guid? ownerNow, CancellationToken ct)
    {
        var complaints = new Complaints();
        complaints.Require(nameof(edit.Name), edit.Name, "Give the lead a name.");
        complaints.Within(nameof(edit.Name), edit.Name, Lead.NameLength);
        complaints.Within(nameof(edit.Company), edit.Company, Lead.NameLength);
        complaints.Within(nameof(edit.Business), edit.Business, LeadLimits.Business);
        complaints.Within(nameof(edit.City), edit.City, LeadLimits.City);
        complaints.Within(nameof(edit.Source), edit.Source, Lead.SourceLength);
        complaints.Within(nameof(edit.Description), edit.Description, Lead.DescriptionLength);
        complaints.Within(nameof(edit.NextStep), edit.NextStep, LeadLimits.NextStep);
        CheckEmail(complaints, nameof(edit.Email), edit.Email);
        CheckPhone(complaints, nameof(edit.Phone), edit.Phone);
        CheckValue(complaints, edit.Value);
        if (!Enum.IsDefined(edit.Priority)) complaints.Add(nameof(edit.Priority), "Choose low, medium or high.");
        CheckDay(complaints, nameof(edit.NextStepOn), edit.NextStepOn);
        if (edit.NextStepOn is not null) complaints.Require(nameof(edit.NextStep), edit.NextStep, "Say what is to be done then.");
        if (edit is { NextStepTime: not null, NextStepOn: null }) complaints.Add(nameof(edit.NextStepOn), "Choose a day as well.");
        if (edit.OwnerId != ownerNow && edit.OwnerId is { } ownerId && (await staff.ReadAsync(ct)).Find(ownerId) is not { IsActive: true })
            complaints.Add(nameof(edit.OwnerId), "Choose somebody who works here.");
        return complaints.Error;
    }

    /// <summary>A day far from today is a slip of the hand: the year 0026, or 9999.</summary>
    internal void CheckDay(Complaints complaints, string field, DateOnly? day)
    {
        if (day < shop.Today.AddYears(-LeadLimits.YearsAway) || day > shop.Today.AddYears(LeadLimits.YearsAway)) complaints.Add(field, $"Choose a day within {LeadLimits.YearsAway} years from today.");
    }

    internal static void CheckEmail(Complaints complaints, string field, string? typed)
    {
        if (typed?.Trim().Length > Customer.EmailLength) complaints.Within(field, typed, Customer.EmailLength);
        else if (!string.IsNullOrWhiteSpace(typed) && !EmailAddress.IsValid(typed)) complaints.Add(field, "This is not an e-mail address. It looks like name@example.com.");
    }

    internal void CheckPhone(Complaints complaints, string field, string? typed)
    {
        if (!string.IsNullOrWhiteSpace(typed) && E164(typed) is null) complaints.Add(field, PhoneNumber.Complaint(shop.Settings.Country));
    }

    /// <summary>The number in its one form, or null for none.</summary>
    internal string? E164(string? typed) => PhoneNumber.TryParse(typed, shop.Settings.Country, out var e164) ? e164 : null;

    /// <summary>Puts checked values into the lead.</summary>
    internal void Fill(Lead lead, LeadEdit edit, DateTime now)
    {
        lead.Describe(edit.Name!, edit.Company, edit.Business, edit.City, edit.Email, E164(edit.Phone), edit.Source, edit.Description);
        lead.Rate(edit.Priority, AmountText.TryParse(edit.Value, out var value) ? value : Money.Zero);
        lead.Assign(edit.OwnerId, actor.UserId, now);
        lead.PlanNext(edit.NextStep, edit.NextStepOn is { } day ? clock.ToUtc(day, edit.NextStepTime) : null);
    }

    /// <summary>Joins two people's changes, into <paramref name="mine"/>; what clashes comes back, agents by their names.</summary>
    internal async Task<IReadOnlyList<Clash>> JoinAsync(LeadEdit original, LeadEdit mine, LeadEdit theirs, CancellationToken ct)
    {
        var clashes = FormJoin.Into(LeadFields.All, original, mine, theirs);
        if (clashes.All(c => c.Field != nameof(LeadEdit.OwnerId))) return clashes;
        var roster = await staff.ReadAsync(ct);
        return [.. clashes.Select(c => c.Field == nameof(LeadEdit.OwnerId) ? c with { Theirs = Name(theirs.OwnerId), Mine = Name(mine.OwnerId) } : c)];

        string? Name(Guid? id) => id is { } known ? roster.NameOf(known) : null;
    }

    private static void CheckValue(Complaints complaints, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed)) return;
        if (AmountText.Complaint(typed) is { } wrong) complaints.Add(nameof(LeadEdit.Value), wrong);
        else if (AmountText.TryParse(typed, out var value) && value < Money.Zero) complaints.Add(nameof(LeadEdit.Value), "A value cannot be less than nothing.");
    }

    private LeadEdit Of(string name, string? company, string? business, string? city, string? email, string? phone, LeadPriority priority,
        Money value, string? source, Guid? ownerId, string? description, string? nextStep, DateTime? nextStepAt)
    {
        var at = nextStepAt is { } utc ? clock.Read(utc) : default((DateOnly Day, TimeOnly? Time)?);
        return new LeadEdit
        {
            Name = name,
            Company = company,
            Business = business,
            City = city,
            Email = email,
            Phone = PhoneNumber.Format(phone, shop.Settings.Country) is { Length: > 0 } shown ? shown : null,
            Priority = priority,
            Value = value == Money.Zero ? null : AmountText.Write(value),
            Source = source,
            OwnerId = ownerId,
            Description = description,
            NextStep = nextStep,
            NextStepOn = at?.Day,
            NextStepTime = at?.Time,
        };
    }
}
