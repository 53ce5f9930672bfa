using Crm.Data.Catalogue;
using Crm.Data.Customers;
using Crm.Data.Loyalty;
using Crm.Data.Orders;
using Crm.Data.Payments;

namespace Crm.Data.Seed;

/// <summary>The demo shop in memory: everything is played through from the first day on, and only then written.</summary>
sealed class SeedShop(SeedCalendar calendar)
{
    public SeedCalendar Calendar { get; } = calendar;
    public SeedIds Ids { get; } = new();

    public List<LoyaltyTier> Tiers { get; } = [];
    public List<Category> Categories { get; } = [];
    public List<SeedProduct> Products { get; } = [];
    public List<SeedCustomer> Customers { get; } = [];
    public List<ConsentReceipt> Consents { get; } = [];
    public List<CustomerNote> Notes { get; } = [];
    public List<Order> Orders { get; } = [];
    public List<OrderReturn> Returns { get; } = [];
    public List<Payment> Payments { get; } = [];
    public List<StockMovement> Movements { get; } = [];
    public List<LoyaltyEntry> Points { get; } = [];

    /// <summary>Plays two years of trade.</summary>
    /// <param name="numbers">Short numbers for the customers, ascending.</param>
    public static SeedShop Play(DateTime now, IReadOnlyList<long> numbers)
    {
        var shop = new SeedShop(new SeedCalendar(now));
        SeedTiers.Fill(shop);
        SeedProducts.Fill(shop);
        SeedCustomers.Fill(shop, numbers);
        var stock = new SeedStock(shop);
        var points = new SeedPoints(shop);
        stock.Open();
        new SeedTill(shop, stock, points).Sell(new SeedVisits(shop).All());
        stock.Close();
        points.Close();
        SeedTiers.Climb(shop);
        SeedCustomerParts.Fill(shop);
        return shop;
    }
}
