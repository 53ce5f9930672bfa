namespace Crm.Data.Customers;

/// <summary>What an address is for.</summary>
public enum AddressKind { Shipping, Billing }

/// <summary>One of a customer's addresses; at most one default of each kind.</summary>
public sealed class CustomerAddress : Entity, IVersioned, ILive
{
    public required Guid CustomerId { get; init; }
    public AddressKind Kind { get; set; }
    public string? Recipient { get; set; }
    public string Street { get; set; } = "";
    public string? Apartment { get; set; }
    public string City { get; set; } = "";
    public string? Province { get; set; }
    public string? PostalCode { get; set; }

    /// <summary>ISO 3166 alpha-2.</summary>
    public string Country { get; set; } = "";

    public string? Phone { get; set; }
    public bool IsDefault { get; set; }
    public int Version { get; set; }
    public ChangeTopic Topic => new(ChangeKinds.Customer, CustomerId);
}

/// <summary>Diets and allergies as data, so that lists can be filtered by them.</summary>
public enum Diet { Vegetarian, Vegan, Halal, Kosher, NoPork, NoBeef, GlutenFree, LactoseFree, NutAllergy, FishAllergy, ShellfishAllergy, Pescatarian, LowSalt }

/// <summary>A diet or allergy that a customer has named.</summary>
public sealed class CustomerDiet : ILive
{
    public required Guid CustomerId { get; init; }
    public required Diet Diet { get; init; }
    public ChangeTopic Topic => new(ChangeKinds.Customer, CustomerId);
}

/// <summary>A product that a customer has marked as a favourite.</summary>
public sealed class CustomerFavourite : ILive
{
    public required Guid CustomerId { get; init; }
    public required Guid ProductId { get; init; }
    public ChangeTopic Topic => new(ChangeKinds.Customer, CustomerId);
}

/// <summary>How a message may reach a customer.</summary>
public enum ConsentChannel { Email, Sms, Push }

/// <summary>What a customer agrees to be written for.</summary>
public enum ConsentPurpose { Marketing, Reminders }

/// <summary>
/// A receipt: what wording somebody agreed to, where and when, and when it was withdrawn. Never changed but by withdrawal.
/// </summary>
public sealed class ConsentReceipt : Entity, ILive
{
    public required Guid CustomerId { get; init; }
    public required ConsentChannel Channel { get; init; }
    public required ConsentPurpose Purpose { get; init; }
    public required string Wording { get; init; }
    public required string WordingVersion { get; init; }
    public required string Language { get; init; }

    /// <summary>Where it was given: profile, registration, counter, import.</summary>
    public required string Source { get; init; }
    public Guid? AskedById { get; init; }
    public required DateTime GivenAt { get; init; }
    public DateTime? WithdrawnAt { get; private set; }
    public ChangeTopic Topic => new(ChangeKinds.Customer, CustomerId);

    public void Withdraw(DateTime now) => WithdrawnAt ??= now;
}

/// <summary>A staff note on a customer, in Markdown; never shown to the customer.</summary>
public sealed class CustomerNote : Entity, IVersioned, ILive
{
    public const int TextLength = 10_000;

    public required Guid CustomerId { get; init; }
    public string Text { get; private set; } = "";
    public bool IsPinned { get; private set; }
    public Guid? AuthorId { get; init; }
    public required DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; private set; }
    public int Version { get; set; }
    public ChangeTopic Topic => new(ChangeKinds.Customer, CustomerId);

    public void Write(string text, DateTime now) => (Text, UpdatedAt) = (text.Trim(), now);
    public void Pin(bool pinned) => IsPinned = pinned;
}
