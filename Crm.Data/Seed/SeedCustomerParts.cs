using Crm.Data.Customers;

namespace Crm.Data.Seed;

/// <summary>What is known about customers beside what they buy: may we write to them, what they like, what staff wrote down.</summary>
sealed class SeedCustomerParts
{
    private const string WordingVersion = "1";

    private static readonly Dictionary<string, string> Wordings = new()
    {
        ["en"] = "Write to me about offers and fresh arrivals. At most once a week, you can stop at any time.",
        ["fr"] = "Écrivez-moi au sujet des offres et des arrivages. Au plus une fois par semaine, vous pouvez arrêter à tout moment.",
        ["sw"] = "Niandikie kuhusu ofa na bidhaa mpya. Mara moja kwa wiki tu, unaweza kusitisha wakati wowote.",
    };

    private readonly SeedShop shop;
    private readonly SeedDice dice = new(43);
    private readonly string[] notes = SeedTexts.Of("note");
    private readonly string[] diets = SeedTexts.Of("diet");
    private readonly string[] favourites = SeedTexts.Of("favourite");

    private SeedCustomerParts(SeedShop shop) => this.shop = shop;

    public static void Fill(SeedShop shop)
    {
        var parts = new SeedCustomerParts(shop);
        foreach (var customer in shop.Customers)
        {
            parts.Consent(customer);
            parts.Like(customer);
            parts.WriteDown(customer);
        }
    }

    private void Consent(SeedCustomer customer)
    {
        var (row, isDemo) = (customer.Row, customer.Row.UserId is not null);
        var mail = row.Email is not null && Agrees(customer, ConsentChannel.Email, isDemo ? 1 : 0.66, isDemo ? 0 : 0.07);
        var sms = row.Phone is not null && Agrees(customer, ConsentChannel.Sms, isDemo ? 1 : 0.38, isDemo ? 0 : 0.05);
        var push = row.Email is not null && Agrees(customer, ConsentChannel.Push, isDemo ? 0 : 0.12, 0);
        row.SetNotifications(mail, sms, push);
    }

    private bool Agrees(SeedCustomer customer, ConsentChannel channel, double share, double regrets)
    {
        if (!dice.Chance(share)) return false;
        var (given, isAtCounter) = (customer.Row.JoinedAt, dice.Chance(0.6));
        var receipt = new ConsentReceipt
        {
            Id = shop.Ids.At(given),
            CustomerId = customer.Row.Id,
            Channel = channel,
            Purpose = ConsentPurpose.Marketing,
            Wording = Wordings[customer.Row.Language],
            WordingVersion = WordingVersion,
            Language = customer.Row.Language,
            Source = isAtCounter ? "counter" : "registration",
            AskedById = isAtCounter ? DemoPeople.Agent.Id : null,
            GivenAt = given,
        };
        shop.Consents.Add(receipt);
        if (!dice.Chance(regrets)) return true;
        receipt.Withdraw(Between(given));
        return false;
    }

    private void Like(SeedCustomer customer)
    {
        var isDemo = customer.Row.UserId is not null;
        if (isDemo) customer.Row.SetTastes("No groundnut oil either, please.", "Tilapia, medium size, scaled.");
        else customer.Row.SetTastes(customer.Diets.Count > 0 && dice.Chance(0.25) ? dice.Pick(diets) : null, dice.Chance(0.16) ? dice.Pick(favourites) : null);
        if (!isDemo && !dice.Chance(0.5)) return;
        foreach (var product in customer.Taste.Staples.Take(isDemo ? 6 : dice.Between(1, 4)))
            customer.Row.Favourites.Add(new CustomerFavourite { CustomerId = customer.Row.Id, ProductId = product.Row.Id });
    }

    private void WriteDown(SeedCustomer customer)
    {
        if (customer.Remark is { } remark) Note(customer, remark, pinned: true);
        if (dice.Chance(0.2)) Note(customer, dice.Pick(notes), pinned: false);
    }

    private void Note(SeedCustomer customer, string text, bool pinned)
    {
        var at = Between(customer.Row.JoinedAt);
        var note = new CustomerNote { Id = shop.Ids.At(at), CustomerId = customer.Row.Id, AuthorId = dice.Pick(DemoPeople.Staff).Id, CreatedAt = at };
        note.Write(text, at);
        note.Pin(pinned);
        shop.Notes.Add(note);
    }

    private DateTime Between(DateTime from) => from.AddSeconds((long)((shop.Calendar.Now - from).TotalSeconds * dice.Share()));
}
