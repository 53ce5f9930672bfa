using Crm.Data.Customers;
using Crm.Data.Loyalty;
using Crm.Data.Orders;
using Crm.Data.Payments;

namespace Crm.Web.Features.Customers.Profile;

/// <summary>What is stored as a value, in the words that staff read.</summary>
public static class HistoryWords
{
    public static string Of(OrderChannel channel) => channel switch
    {
        OrderChannel.Counter => "at the counter",
        OrderChannel.Online => "online",
        OrderChannel.Imported => "imported",
    };

    /// <summary>The same words that the customer reads.</summary>
    public static string Of(OrderStatus status) => Portal.OrderWords.Of(status);

    public static string Of(PaymentMethod method) => method switch
    {
        PaymentMethod.Cash => "Cash",
        PaymentMethod.Card => "Card",
        PaymentMethod.MobileMoney => "Mobile money",
        PaymentMethod.BankTransfer => "Bank transfer",
        PaymentMethod.CashOnDelivery => "Cash on delivery",
        PaymentMethod.Points => "Points",
        PaymentMethod.Imported => "Imported",
    };

    public static string Of(PaymentStatus status) => status switch
    {
        PaymentStatus.Pending => "waiting",
        PaymentStatus.Settled => "paid",
        PaymentStatus.Failed => "failed",
        PaymentStatus.Unknown => "not known yet",
        PaymentStatus.Refunded => "given back",
    };

    public static string Of(LoyaltyKind kind) => kind switch
    {
        LoyaltyKind.Earn => "Earned",
        LoyaltyKind.Activate => "Made ready to use",
        LoyaltyKind.Redeem => "Used",
        LoyaltyKind.Restore => "Given back",
        LoyaltyKind.Reverse => "Taken back",
        LoyaltyKind.Expire => "Expired",
        LoyaltyKind.Adjust => "Put right",
        LoyaltyKind.Transfer => "Transferred",
        LoyaltyKind.Merge => "From a merged record",
    };

    public static string Of(ConsentChannel channel) => channel switch
    {
        ConsentChannel.Email => "E-mail",
        ConsentChannel.Sms => "SMS",
        ConsentChannel.Push => "Push",
    };

    public static string Of(ConsentPurpose purpose) => purpose switch
    {
        ConsentPurpose.Marketing => "offers",
        ConsentPurpose.Reminders => "reminders",
    };

    public static string Of(AddressKind kind) => kind switch
    {
        AddressKind.Shipping => "Delivery",
        AddressKind.Billing => "Billing",
    };

    /// <summary>+86, −500.</summary>
    public static string Signed(long points) => points < 0 ? $"−{-points:N0}" : $"+{points:N0}";
}
