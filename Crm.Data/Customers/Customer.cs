using Crm.Data.Loyalty;
using Crm.Data.Search;

namespace Crm.Data.Customers;

/// <summary>A person who shops here; may exist without an account (walk-in, phone only).</summary>
public sealed class Customer : Entity, IVersioned, ILive, ISearchable
{
    public const int NameLength = 100;
    public const int EmailLength = 254;
    public const int PhoneLength = 20;

    /// <summary>The short number that people see: C-1042.</summary>
    public long Number { get; init; }

    public string FirstName { get; private set; } = "";
    public string LastName { get; private set; } = "";

    /// <summary>Last name, then first name, folded: what lists sort by, alike on both databases.</summary>
    public string SortName { get; private set; } = "";

    public string? Email { get; private set; }
    public string? NormalizedEmail { get; private set; }

    /// <summary>E.164, for example +254722123456.</summary>
    public string? Phone { get; private set; }

    public string Language { get; private set; } = "en";
    public string? City { get; private set; }
    public string? Country { get; private set; }

    /// <summary>Allergies and wishes in the customer's own words, beside <see cref="Diets"/>.</summary>
    public string? DietNote { get; private set; }

    /// <summary>Favourite foods in the customer's own words, beside <see cref="Favourites"/>.</summary>
    public string? FavouriteNote { get; private set; }

    public bool NotifyByEmail { get; private set; }
    public bool NotifyBySms { get; private set; }
    public bool NotifyByPush { get; private set; }

    public bool IsActive { get; private set; } = true;
    public bool IsVerified { get; private set; }
    public DateTime JoinedAt { get; init; }
    public DateTime UpdatedAt { get; private set; }

    /// <summary>Sum of the loyalty ledger, cached; the ledger is the truth.</summary>
    [NotInAudit]
    public int PointsBalance { get; private set; }

    [NotInAudit]
    public int OrderCount { get; private set; }

    [NotInAudit]
    public long SpentMinor { get; private set; }

    [NotInAudit]
    public DateTime? LastOrderAt { get; private set; }

    public Guid? TierId { get; private set; }
    public Guid? UserId { get; private set; }

    /// <summary>Where an imported record came from and its id there; together unique.</summary>
    public string? Origin { get; init; }
    public string? ExternalId { get; init; }

    public int Version { get; set; }

    public LoyaltyTier? Tier { get; private set; }
    public List<CustomerAddress> Addresses { get; } = [];
    public List<CustomerDiet> Diets { get; } = [];
    public List<CustomerFavourite> Favourites { get; } = [];

    public string Name => $"{FirstName} {LastName}".Trim();
    public ChangeTopic Topic => new(ChangeKinds.Customer, Id);

    public void Rename(string firstName, string lastName)
    {
        (FirstName, LastName) = (firstName.Trim(), lastName.Trim());
        SortName = Folding.SortKey($"{LastName} {FirstName}".Trim(), NameLength * 2);
    }

    public void SetEmail(string? email) => (Email, NormalizedEmail) = (Blank(email), Blank(email)?.ToUpperInvariant());
    public void SetPhone(string? e164) => Phone = Blank(e164);
    public void SetLanguage(string language) => Language = language;
    public void SetPlace(string? city, string? country) => (City, Country) = (Blank(city), Blank(country));
    public void SetTastes(string? dietNote, string? favouriteNote) => (DietNote, FavouriteNote) = (Blank(dietNote), Blank(favouriteNote));
    public void SetNotifications(bool email, bool sms, bool push) => (NotifyByEmail, NotifyBySms, NotifyByPush) = (email, sms, push);
    public void SetVerified(bool verified) => IsVerified = verified;
    public void SetActive(bool active) => IsActive = active;
    public void SetTier(Guid? tierId) => TierId = tierId;
    public void LinkAccount(Guid userId) => UserId = userId;
    public void Touch(DateTime now) => UpdatedAt = now;

    /// <summary>Keeps the metrics on the record in step with a placed order.</summary>
    public void CountOrder(Money total, DateTime placedAt)
    {
        OrderCount++;
        SpentMinor += total.Minor;
        if (LastOrderAt is null || placedAt > LastOrderAt) LastOrderAt = placedAt;
    }

    /// <summary>Keeps the metrics on the record in step with money given back.</summary>
    public void CountRefund(Money amount) => SpentMinor -= amount.Minor;

    public void AddPoints(int points) => PointsBalance = checked(PointsBalance + points);

    SearchDocument ISearchable.Describe() => new(ChangeKinds.Customer, Id, $"C-{Number}", Name.Length > 0 ? Name : Phone ?? Email ?? "",
        string.Join(" · ", new[] { City, Email ?? Phone }.Where(s => s is not null)), [Name, Email, Phone, $"C-{Number}", City, .. PhoneSearch.Ends(Phone)]);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
