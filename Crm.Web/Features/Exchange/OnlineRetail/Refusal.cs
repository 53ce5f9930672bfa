namespace Crm.Web.Features.Exchange.OnlineRetail;

/// <summary>Why a line of the file is left out of the shop's trade; each line that is left out has exactly one.</summary>
public enum Refusal
{
    WrongNumberOfFields, NoInvoice, NoProduct, CodeTooLong, UnreadableQuantity, UnreadablePrice, UnreadableDate, CustomerTooLong, AmountTooLarge,
    ZeroQuantity, NegativePrice, BadDebt, StockAdjustment, ReturnOutsideCancellation, SaleInCancellation, NothingCharged,
}

/// <summary>The reasons as people read them.</summary>
public static class RefusalWords
{
    public static string Words(this Refusal refusal) => refusal switch
    {
        Refusal.WrongNumberOfFields => "wrong number of fields",
        Refusal.NoInvoice => "no invoice number",
        Refusal.NoProduct => "no product code",
        Refusal.CodeTooLong => "invoice number or product code too long",
        Refusal.UnreadableQuantity => "quantity is not a whole number",
        Refusal.UnreadablePrice => "price is not a number",
        Refusal.UnreadableDate => "date cannot be read",
        Refusal.CustomerTooLong => "customer number too long",
        Refusal.AmountTooLarge => "amount too large to be true",
        Refusal.ZeroQuantity => "quantity is zero",
        Refusal.NegativePrice => "price is negative",
        Refusal.BadDebt => "bad debt adjustment",
        Refusal.StockAdjustment => "stock adjustment",
        Refusal.ReturnOutsideCancellation => "negative quantity outside a cancellation",
        Refusal.SaleInCancellation => "positive quantity in a cancellation",
        Refusal.NothingCharged => "nothing charged and nobody known",
    };
}
