using System.Globalization;
using Crm.Data.Catalogue;
using Crm.Data.Customers;

namespace Crm.Web.Features.Exchange.OnlineRetail;

/// <summary>One line of the file, read as far as it can be, with the reason when it is no trade.</summary>
public sealed class OnlineRetailLine
{
    private const int InvoiceLength = 30;
    private const decimal LargestMajor = 1_000_000m;
    private static readonly string[] Times = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss"];

    private OnlineRetailLine(long number, IReadOnlyList<string> fields) => (Number, Fields) = (number, fields);

    /// <summary>Of the file, counted from 1 with the header.</summary>
    public long Number { get; }

    /// <summary>As they stand in the file, in the order of <see cref="OnlineRetailColumns.Names"/>.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>Null for a line that is trade.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Empty when the line does not say.</summary>
    public string Invoice { get; private set; } = "";
    public string StockCode { get; private set; } = "";
    public string Description { get; private set; } = "";

    /// <summary>As in the file: negative in a cancellation.</summary>
    public int Quantity { get; private set; }

    /// <summary>By the seller's own clock.</summary>
    public DateTime LocalTime { get; private set; }

    /// <summary>Major units, exact.</summary>
    public decimal UnitPrice { get; private set; }
    public string? CustomerId { get; private set; }
    public string? Country { get; private set; }

    public bool IsCancellation => Invoice.StartsWith('C');

    /// <summary>Reads a line; it never fails, a line that cannot be read says so.</summary>
    public static OnlineRetailLine Read(long number, IReadOnlyList<string> fields, bool isComplete)
    {
        var line = new OnlineRetailLine(number, fields);
        line.Refusal = isComplete ? line.ReadFields() ?? line.Judge() : OnlineRetail.Refusal.WrongNumberOfFields;
        return line;
    }

    private Refusal? ReadFields()
    {
        Invoice = Clean(Fields[0]).ToUpperInvariant();
        StockCode = Clean(Fields[1]);
        Description = Cut(Clean(Fields[2]), Product.NameLength);
        CustomerId = CustomerOf(Clean(Fields[6]));
        Country = OnlineRetailCountries.Name(Clean(Fields[7]));
        if (Invoice.Length == 0) return OnlineRetail.Refusal.NoInvoice;
        if (StockCode.Length == 0) return OnlineRetail.Refusal.NoProduct;
        if (StockCode.Length > Product.SkuLength) return OnlineRetail.Refusal.CodeTooLong;
        if (Invoice.Length > InvoiceLength)
        {
            Invoice = "";
            return OnlineRetail.Refusal.CodeTooLong;
        }
        if (CustomerId?.Length > Customer.NameLength) return OnlineRetail.Refusal.CustomerTooLong;
        if (Whole(Clean(Fields[3])) is not { } quantity) return OnlineRetail.Refusal.UnreadableQuantity;
        if (!DateTime.TryParseExact(Clean(Fields[4]), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) || time.Year is < 1970 or > 2100)
            return OnlineRetail.Refusal.UnreadableDate;
        if (Decimal(Clean(Fields[5])) is not { } price) return OnlineRetail.Refusal.UnreadablePrice;
        (Quantity, LocalTime, UnitPrice) = (quantity, time, price);
        return null;
    }

    private Refusal? Judge()
    {
        if (Invoice.StartsWith('A')) return OnlineRetail.Refusal.BadDebt;
        if (UnitPrice < 0) return OnlineRetail.Refusal.NegativePrice;
        if (Quantity == 0) return OnlineRetail.Refusal.ZeroQuantity;
        if (IsCancellation && Quantity > 0) return OnlineRetail.Refusal.SaleInCancellation;
        if (!IsCancellation && Quantity < 0) return CustomerId is null ? OnlineRetail.Refusal.StockAdjustment : OnlineRetail.Refusal.ReturnOutsideCancellation;
        return UnitPrice > LargestMajor || Math.Abs((decimal)Quantity) * UnitPrice > LargestMajor ? OnlineRetail.Refusal.AmountTooLarge : null;
    }

    // A spreadsheet made the customers' numbers floating: 17850.0.
    private static string? CustomerOf(string text) =>
        text.Length == 0 || text.Equals("nan", StringComparison.OrdinalIgnoreCase) ? null : Decimal(text) is { } number && number == decimal.Truncate(number) ? number.ToString("0", CultureInfo.InvariantCulture) : text;

    private static int? Whole(string text) => Decimal(text) is { } number && number == decimal.Truncate(number) && Math.Abs(number) <= int.MaxValue ? (int)number : null;

    private static decimal? Decimal(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Clean(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0) text = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return text.Trim();
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
