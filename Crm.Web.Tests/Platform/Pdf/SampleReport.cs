using System.Globalization;
using Crm.Web.Platform.Pdf;

namespace Crm.Web.Tests.Platform.Pdf;

/// <summary>A report that uses every block once, as a shop would print it.</summary>
internal static class SampleReport
{
    private const string Tokens = """
        :root { --c-text: #231C16; --c-text-2: #574C41; --c-text-3: #6F6355; --c-line: #EAE2D6; --c-line-strong: #D8CCBB;
          --c-grid-line: #EEE7DC; --c-ok-text: #1C6240; --c-bad-text: #9A1F18;
          --c-series-1: #1F5B42; --c-series-2: #D4713B; --c-series-3: #3A7CA8; --c-series-4: #D9A62E; --c-series-5: #7B3B6B; --c-series-6: #9C9082; }
        [data-theme="dark"] { --c-text: #FFFFFF; }
        """;

    public static PdfTheme Theme { get; } = PdfTheme.FromTokens(Tokens);

    public static PdfInfo Info { get; } = new("Sales in November 2026", "Karibu Foods", "en", new DateTime(2026, 12, 1, 8, 0, 0, DateTimeKind.Utc));

    public static PdfDocument Empty() => new(PdfPage.A4, Theme, Info);

    public static PdfDocument Build() => Empty()
        .Letterhead("Karibu Foods", ["12 Market Street, Kingston", "hello@karibu.example · +1 876 555 0100"])
        .Title("Sales in November 2026", "1 to 30 November 2026, compared with November 2025")
        .Facts(
            new PdfFact("Sales", "$48,310.50", "+8.2 % on last year", PdfTone.Good),
            new PdfFact("Orders", "1,284", "+41 on last year", PdfTone.Good),
            new PdfFact("Average order", "$37.62", "−$0.40 on last year", PdfTone.Bad),
            new PdfFact("New customers", "96", "the same as last year"))
        .Heading("Month by month")
        .LineChart(Months, [new("2026", ThisYear), new("2025", LastYear, Before: true)], Dollars, "Sales rose from $31,200 in January to $48,311 in November, each month above 2025.")
        .Heading("What sold best")
        .Table(
            [new("Food", 3), new("Kind", 2), PdfColumn.Number("Sold"), PdfColumn.Number("Sales"), PdfColumn.Number("On last year", 1.2)],
            Foods,
            totals: ["All foods", "", "3,318", "$48,310.50", "+8.2 %"])
        .Heading("Best customers")
        .Ranking(
        [
            new("Ọláyínká Adébáyọ̀", 1240, "$1,240"), new("Nkẹ́chi Ọ́kọ́nkwọ", 1102, "$1,102"),
            new("Ngũgĩ wa Mũrĩithi", 834, "$834"), new("Étienne Jean-Baptiste", 655, "$655"),
        ])
        .Heading("Orders by weekday")
        .BarChart(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], [new("Orders", [120, 98, 143, 160, 281, 356, 126])], value => value.ToString("N0", CultureInfo.InvariantCulture),
            "Saturday is the busiest day with 356 orders, Tuesday the quietest with 98.", 150)
        .Paragraph("Points earned in November are paid out on 5 December. “Kreyòl” and other names are printed as people write them; prices in ₦, ₵, £ and € too.", PdfTone.Soft)
        .Qr("https://karibu.example/reports/2026-11", "Scan to open this report on a screen, with every order behind these figures.")
        .Footer("Karibu Foods · 12 Market Street, Kingston", (page, of) => $"Page {page} of {of}");

    public static byte[] Bytes(PdfDocument document)
    {
        var file = new MemoryStream();
        document.Save(file);
        return file.ToArray();
    }

    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    private static readonly decimal?[] ThisYear = [31200, 29800, 33100, 36400, 38050, 37200, 40100, 41800, 42300, 45900, 48310.5m, null];
    private static readonly decimal?[] LastYear = [28900, 27100, 30400, 33000, 35500, 36100, 36900, 38200, 40000, 42100, 44650, 52800];

    private static readonly PdfCell[][] Foods =
    [
        ["Gari, white, 2 kg", "Cassava", "412", "$4,120.00", new("+12.4 %", PdfTone.Good)],
        ["Egusi, ground, 500 g", "Seeds and spices", "388", "$3,492.00", new("+3.1 %", PdfTone.Good)],
        ["Plantain, green, by weight", "Fresh", "351", "$2,106.75", new("−4.8 %", PdfTone.Bad)],
        ["Stockfish, whole, dried in the cold wind of Lofoten, by weight", "Fish", "96", "$5,760.00", "0.0 %"],
        ["Ọfada rice, 5 kg", "Rice and grains", "204", "$6,120.00", new("+21.0 %", PdfTone.Good)],
    ];

    private static string Dollars(decimal value) => "$" + value.ToString("N0", CultureInfo.InvariantCulture);
}
