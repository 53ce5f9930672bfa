using Crm.Data;
using Crm.Data.Payments;

namespace Crm.Web.Features.Payments;

/// <summary>Payments of trade that happened elsewhere: settled long ago, by means that nobody recorded.</summary>
public static class PastPayments
{
    /// <summary>Adds the payment of a past order; an order of nothing needs none.</summary>
    public static void Settle(CrmDbContext db, Guid orderId, Money amount, DateTime at)
    {
        if (amount == Money.Zero) return;
        var payment = new Payment { OrderId = orderId, Method = PaymentMethod.Imported, AmountMinor = amount.Minor, CreatedAt = at };
        payment.Settle(at);
        db.Payments.Add(payment);
    }
}
