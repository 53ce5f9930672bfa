using Crm.Data.Orders;

namespace Crm.Data.Seed;

/// <summary>Rings up every visit in the order of time: lines, tax, payment, points and stock, so that the books agree at every moment.</summary>
sealed class SeedTill(SeedShop shop, SeedStock stock, SeedPoints points)
{
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static readonly BasisPoints Tax = new(1300);
    private static readonly BasisPoints FeastOffer = new(1000);
    private static readonly Money Delivery = new(599);
    private const long FreeDeliveryFrom = 75_00;

    private readonly SeedDice dice = new(23);
    private readonly SeedBaskets baskets = new(shop);
    private readonly SeedPacking packing = new(shop, stock, points);
    private readonly HashSet<string> numbers = [];
    private readonly string[] wishes = SeedTexts.Of("order");
    private DateOnly day;

    public void Sell(IEnumerable<SeedVisit> visits)
    {
        foreach (var visit in visits)
        {
            BeginDay(SeedCalendar.DayOf(visit.At));
            packing.Until(visit.At);
            Sell(visit);
        }
        packing.Until(shop.Calendar.Now);
    }

    private void BeginDay(DateOnly today)
    {
        if (today == day) return;
        day = today;
        if (today.DayOfWeek is DayOfWeek.Monday) stock.ThrowAway(today.AddDays(-1));
    }

    private void Sell(SeedVisit visit)
    {
        var season = shop.Calendar.SeasonOf(day);
        var isOffer = season is SeedSeason.December or SeedSeason.Carnival && dice.Chance(0.12);
        var isDelivery = visit.IsOnline && dice.Chance(0.45);
        var order = new Order
        {
            Id = shop.Ids.At(visit.At),
            Number = Number(),
            CustomerId = visit.Customer?.Row.Id,
            Channel = visit.IsOnline ? OrderChannel.Online : OrderChannel.Counter,
            PlacedAt = visit.At,
            PlacedOn = day,
            Country = visit.Customer?.Place.Country == "US" ? "United States" : "Canada",
            Notes = isOffer ? "Festival offer, 10 % off" : visit.IsOnline && dice.Chance(0.1) ? dice.Pick(wishes) : null,
        };
        var basket = baskets.Fill(visit.Taste, season);
        foreach (var (product, quantity) in basket) order.Lines.Add(Line(order, product, quantity));
        Sum(order, basket, isOffer, isDelivery);
        for (var i = 0; i < basket.Count; i++) stock.Sell(basket[i].Product, basket[i].Quantity, order.Lines[i].Id, visit.At);
        shop.Orders.Add(order);
        packing.Take(new SeedSale(order, visit, [.. basket.Select(b => b.Product)], isDelivery));
    }

    private OrderLine Line(Order order, SeedProduct product, int quantity)
    {
        var price = product.PriceBefore(order.PlacedAt < shop.Calendar.Now.AddYears(-1));
        return new OrderLine
        {
            Id = shop.Ids.At(order.PlacedAt),
            OrderId = order.Id,
            ProductId = product.Row.Id,
            Name = product.Row.Name,
            Quantity = quantity,
            UnitPriceMinor = price,
            TotalMinor = price * quantity,
            Position = order.Lines.Count + 1,
        };
    }

    private static void Sum(Order order, List<(SeedProduct Product, int Quantity)> basket, bool isOffer, bool isDelivery)
    {
        var (discount, tax) = (Money.Zero, Money.Zero);
        for (var i = 0; i < basket.Count; i++)
        {
            var line = new Money(order.Lines[i].TotalMinor);
            var off = isOffer ? line.Percent(FeastOffer) : Money.Zero;
            discount += off;
            if (basket[i].Product.IsTaxed) tax += (line - off).Percent(Tax);
        }
        var goods = order.Lines.Sum(l => l.TotalMinor) - discount.Minor;
        order.Sum(discount, tax, isDelivery && goods < FreeDeliveryFrom ? Delivery : Money.Zero);
    }

    private string Number()
    {
        while (true)
        {
            var number = $"ORD-{day:yyyyMMdd}-{string.Concat(Enumerable.Range(0, 6).Select(_ => Alphabet[dice.Below(Alphabet.Length)]))}";
            if (numbers.Add(number)) return number;
        }
    }
}
