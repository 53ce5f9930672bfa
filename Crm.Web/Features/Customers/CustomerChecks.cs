using System.Net.Mail;
using Crm.Data;
using Crm.Data.Customers;
using Crm.Web.Platform.Phones;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers;

/// <summary>Whether what was typed about a customer can be taken, and in which form.</summary>
static class CustomerChecks
{
    public const int PlaceLength = 100;
    public const int NoteLength = 1000;

    /// <summary>The edit with its texts in one line and its phone in E.164, or every complaint at once.</summary>
    /// <param name="country">ISO 3166 alpha-2 of phone numbers without a calling code.</param>
    public static Result<CustomerEdit> Tidy(CustomerEdit typed, string country)
    {
        var complaints = new List<InvalidError>();
        var tidy = typed.Copy();
        tidy.FirstName = Line(PersonName.Clean(typed.FirstName), Customer.NameLength, nameof(typed.FirstName), "The first name", complaints);
        tidy.LastName = Line(PersonName.Clean(typed.LastName), Customer.NameLength, nameof(typed.LastName), "The last name", complaints);
        tidy.City = Line(typed.City, PlaceLength, nameof(typed.City), "The city", complaints);
        tidy.Country = Line(typed.Country, PlaceLength, nameof(typed.Country), "The country", complaints);
        tidy.Email = Line(typed.Email, Customer.EmailLength, nameof(typed.Email), "The e-mail address", complaints);
        tidy.DietNote = Text(typed.DietNote, nameof(typed.DietNote), complaints);
        tidy.FavouriteNote = Text(typed.FavouriteNote, nameof(typed.FavouriteNote), complaints);
        tidy.Diets = [.. typed.Diets.Distinct().Order()];
        if (tidy.Email is not null && !IsAddress(tidy.Email)) complaints.Add(new(nameof(typed.Email), "Write the e-mail address in full, like achieng@example.com."));
        if (!CustomerLanguages.All.ContainsKey(typed.Language)) complaints.Add(new(nameof(typed.Language), "Choose one of the shop's languages."));
        tidy.Phone = Phone(typed.Phone, country, complaints);
        if (complaints.Count == 0 && tidy is { FirstName: null, LastName: null, Phone: null, Email: null })
            complaints.Add(new(nameof(typed.Phone), "Give at least a phone number, an e-mail address or a name."));
        return complaints.Count > 0 ? InvalidError.Of(complaints) : tidy;
    }

    /// <summary>The refusal when the phone or the address already belongs to somebody but <paramref name="self"/>; else null.</summary>
    public static async Task<CustomerTaken?> TakenAsync(CrmDbContext db, string? phone, string? email, Guid? self, CancellationToken ct)
    {
        if (phone is not null && await OtherAsync(db.Customers.Where(c => c.Phone == phone), self, ct) is { } byPhone)
            return new CustomerTaken(nameof(CustomerEdit.Phone), byPhone.Id, byPhone.Name);
        var normal = email?.ToUpperInvariant();
        if (normal is not null && await OtherAsync(db.Customers.Where(c => c.NormalizedEmail == normal), self, ct) is { } byEmail)
            return new CustomerTaken(nameof(CustomerEdit.Email), byEmail.Id, byEmail.Name);
        return null;
    }

    private static async Task<Other?> OtherAsync(IQueryable<Customer> same, Guid? self, CancellationToken ct)
    {
        var other = await same.AsNoTracking().Where(c => c.Id != self)
            .Select(c => new { c.Id, c.FirstName, c.LastName, c.Phone, c.Email, c.Number }).FirstOrDefaultAsync(ct);
        return other is null ? null : new Other(other.Id, CustomerName.Of(other.FirstName, other.LastName, other.Phone, other.Email, other.Number));
    }

    private static string? Phone(string? typed, string country, List<InvalidError> complaints)
    {
        if (string.IsNullOrWhiteSpace(typed)) return null;
        if (PhoneNumber.TryParse(typed, country, out var e164)) return e164;
        complaints.Add(new(nameof(CustomerEdit.Phone), PhoneNumber.Complaint(country)));
        return null;
    }

    private static string? Line(string? typed, int longest, string field, string what, List<InvalidError> complaints)
    {
        var line = string.Join(' ', (typed ?? "").Split(null as char[], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => string.Concat(word.Where(ch => !char.IsControl(ch)))).Where(word => word.Length > 0));
        if (line.Length > longest) complaints.Add(new(field, $"{what} can have at most {longest} characters."));
        return line.Length == 0 ? null : line;
    }

    private static string? Text(string? typed, string field, List<InvalidError> complaints)
    {
        var text = CleanText.Typed(typed);
        if (text?.Length > NoteLength) complaints.Add(new(field, $"This can have at most {NoteLength:N0} characters."));
        return text;
    }

    private static bool IsAddress(string text) =>
        MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal) && !address.Host.EndsWith('.');

    private sealed record Other(Guid Id, string Name);
}
