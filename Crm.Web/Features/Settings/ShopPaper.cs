using Crm.Web.Platform.Pdf;

namespace Crm.Web.Features.Settings;

/// <summary>The shop's paper: every document begins with its letterhead, in its colours, dated by its clock.</summary>
public sealed class ShopPaper(Shop shop)
{
    private static readonly Lazy<PdfTheme> Theme = new(() =>
    {
        using var css = new StreamReader(typeof(ShopPaper).Assembly.GetManifestResourceStream("tokens.css")!);
        return PdfTheme.FromTokens(css.ReadToEnd());
    });

    /// <param name="below">Period, number or date, in the line below the title.</param>
    public PdfDocument Begin(string title, string? below)
    {
        var settings = shop.Settings;
        var page = settings.Country is "CA" or "US" ? PdfPage.Letter : PdfPage.A4;
        var printed = shop.ToLocal(shop.Now);
        return new PdfDocument(page, Theme.Value, new PdfInfo(title, settings.Name, "en", shop.Now))
            .Letterhead(settings.Name, settings.Address is null ? [] : settings.Address.Split(',', StringSplitOptions.TrimEntries))
            .Title(title, below)
            .Footer($"{settings.Name} · printed {printed:d MMMM yyyy, HH:mm}", (number, of) => $"Page {number} of {of}");
    }
}
