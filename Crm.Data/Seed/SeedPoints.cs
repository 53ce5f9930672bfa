using Crm.Data.Loyalty;

namespace Crm.Data.Seed;

/// <summary>Keeps the points ledger: a point for a dollar of goods that was not paid with points, usable for two years.</summary>
sealed class SeedPoints(SeedShop shop)
{
    public const int PointsOfFiveDollars = 500;
    private const int Welcome = 100;
    private const int RateBasisPoints = 10_000;

    /// <summary>What the demo customer has, as every picture of the portal shows it.</summary>
    private const int DemoBalance = 2480;
    private const int DemoBalanceBeforeLast = 2200;
    private const int DaysBeforeLast = 15;

    private readonly SeedDice dice = new(19);

    /// <summary>The gift for joining, at the first order in the books.</summary>
    public void Greet(SeedCustomer customer, DateTime at)
    {
        if (customer.Spending.Count > 0) return;
        var isOld = customer.JoinedOn < shop.Calendar.Start;
        Give(customer, Welcome, customer.Row.Id, isOld ? "For your years with us" : "Welcome", at);
    }

    /// <summary>Points that pay for part of an order, if somebody wants to use some today; 0 otherwise.</summary>
    public int Use(SeedCustomer customer, Guid orderId, long totalMinor, DateTime at)
    {
        var wanted = Wanted(customer, at);
        if (wanted == 0 || wanted > totalMinor / 2) return 0;
        TakeOut(customer, wanted);
        Write(customer, LoyaltyKind.Redeem, -wanted, "order", orderId, null, at);
        return wanted;
    }

    public int Earn(SeedCustomer customer, Guid orderId, long goodsMinor, DateTime at)
    {
        var points = (int)(goodsMinor / 100);
        if (points > 0) customer.Lots.Add(Write(customer, LoyaltyKind.Earn, points, "order", orderId, null, at));
        return Math.Max(points, 0);
    }

    /// <summary>Takes back what goods that came back had earned; false when it is used already.</summary>
    public bool TryReverse(SeedCustomer customer, Guid returnId, int points, DateTime at)
    {
        if (points > customer.Row.PointsBalance) return false;
        TakeOut(customer, points);
        if (points > 0) Write(customer, LoyaltyKind.Reverse, -points, "return", returnId, null, at);
        return true;
    }

    /// <summary>A thank-you brings the demo customer to the balance that everybody has seen.</summary>
    public void Close()
    {
        var customer = shop.Customers.Single(c => c.Row.UserId is not null);
        var missing = DemoBalance - customer.Row.PointsBalance;
        if (missing > 0) Give(customer, missing, null, "Thank you for bringing your choir", SeedCalendar.At(shop.Calendar.Today.AddDays(-5), 12 * 60));
    }

    private int Wanted(SeedCustomer customer, DateTime at)
    {
        var balance = customer.Row.PointsBalance;
        if (customer.Row.UserId is null) return balance >= PointsOfFiveDollars && dice.Chance(0.12) ? balance / PointsOfFiveDollars * PointsOfFiveDollars : 0;
        var isLastButOne = at > shop.Calendar.Now.AddDays(-DaysBeforeLast) && at < shop.Calendar.Now.AddDays(-1);
        return isLastButOne && balance > DemoBalanceBeforeLast ? (balance - DemoBalanceBeforeLast + 99) / 100 * 100 : 0;
    }

    private void Give(SeedCustomer customer, int points, Guid? sourceId, string note, DateTime at) =>
        customer.Lots.Add(Write(customer, LoyaltyKind.Adjust, points, "adjustment", sourceId, note, at));

    private void TakeOut(SeedCustomer customer, int points)
    {
        foreach (var lot in customer.Lots) points -= lot.Use(points);
        customer.Lots.RemoveAll(lot => lot.Remaining == 0);
    }

    private LoyaltyEntry Write(SeedCustomer customer, LoyaltyKind kind, int points, string sourceKind, Guid? sourceId, string? note, DateTime at)
    {
        var id = shop.Ids.At(at);
        var entry = new LoyaltyEntry
        {
            Id = id,
            CustomerId = customer.Row.Id,
            Kind = kind,
            Points = points,
            ExpiresAt = points > 0 ? at.AddYears(2) : null,
            SourceKind = sourceKind,
            SourceId = sourceId ?? id,
            RateBasisPoints = kind is LoyaltyKind.Earn or LoyaltyKind.Reverse ? RateBasisPoints : 0,
            Note = note,
            At = at,
        }.AsLot();
        shop.Points.Add(entry);
        customer.Row.AddPoints(points);
        return entry;
    }
}
