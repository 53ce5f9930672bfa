using Crm.Data.Loyalty;

namespace Crm.Web.Features.Loyalty;

/// <summary>Says in words why points came or went.</summary>
public static class LedgerWords
{
    public static string Of(LedgerLine line) => line.Kind switch
    {
        LoyaltyKind.Earn => line.OrderNumber is { } order ? $"Order {order}" : "Points earned",
        LoyaltyKind.Activate => "Points made ready to use",
        LoyaltyKind.Redeem => line.OrderNumber is { } order ? $"Used for order {order}" : "Points used",
        LoyaltyKind.Restore => line.OrderNumber is { } order ? $"Given back for order {order}" : "Points given back",
        LoyaltyKind.Reverse => line.OrderNumber is { } order ? $"Goods of order {order} came back" : "Goods came back",
        LoyaltyKind.Expire => "Points ended",
        LoyaltyKind.Adjust => line.Note ?? (line.Points < 0 ? "Put right by the shop" : "From the shop"),
        LoyaltyKind.Transfer => line.Points < 0 ? "Points handed on" : "Points handed to you",
        LoyaltyKind.Merge => "Brought together with your other record",
    };
}
