using Crm.Data;

namespace Crm.Web.Features.Exchange.OnlineRetail;

/// <summary>One invoice of the file: a sale, goods that came back, or, when nothing of it is trade, only lines left out.</summary>
public sealed class OnlineRetailInvoice(string number)
{
    private readonly List<OnlineRetailLine> lines = [];
    private readonly List<OnlineRetailLine> refused = [];

    /// <summary>Empty for lines that name no invoice.</summary>
    public string Number { get; } = number;

    /// <summary>Of its first line: a few invoices carry two times.</summary>
    public DateTime LocalTime => lines[0].LocalTime;
    public string? CustomerId => lines.Select(l => l.CustomerId).FirstOrDefault(id => id is not null);
    public string? Country => lines.Select(l => l.Country).FirstOrDefault(c => c is not null);
    public bool IsReturn => lines.Count > 0 && lines[0].IsCancellation;

    /// <summary>An invoice that charges nothing to nobody known is somebody's counting of stock, not a sale.</summary>
    public bool IsNothing => lines.Count > 0 && CustomerId is null && lines.TrueForAll(l => Money.FromMajor(l.Quantity * l.UnitPrice) == Money.Zero);

    /// <summary>The lines that are trade.</summary>
    public IReadOnlyList<OnlineRetailLine> Lines => IsNothing ? [] : lines;

    /// <summary>The lines that are not, each with its reason.</summary>
    public IEnumerable<(OnlineRetailLine Line, Refusal Why)> Refused =>
        refused.Select(l => (l, l.Refusal!.Value)).Concat(IsNothing ? lines.Select(l => (l, Refusal.NothingCharged)) : []).OrderBy(r => r.l.Number);

    public int LineCount => lines.Count + refused.Count;

    public void Add(OnlineRetailLine line) => (line.Refusal is null ? lines : refused).Add(line);
}
