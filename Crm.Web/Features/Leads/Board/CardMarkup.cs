using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Crm.Data.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Platform.Live;
using Crm.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Features.Leads.Board;

/// <summary>
/// A card's inside as one piece of HTML: a screen keeps what it has drawn in the server's memory, and forty frames a card would be
/// twice what everything else of the board takes (docs/decisions/0030-cards-are-one-piece-of-markup.md). Screens that show the same
/// card hold the same piece.
/// </summary>
/// <param name="Query">The filter as the address has it, so that a card's link keeps it.</param>
/// <param name="Sprite">Address of the icons.</param>
sealed record CardMarkup(Shop Shop, OwnClock Clock, LeadMoment Moment, string Query, string Sprite)
{
    private static readonly TimeSpan New = TimeSpan.FromDays(1);
    private static readonly OneCopy<string> Drawn = new(mostKept: 32_768);
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Classes of the card itself.</summary>
    public string? Css(LeadCard card) => Moment.AgeOf(card.Status, card.TouchedAt) is LeadAge.Stale ? "lead stale" : "lead";

    /// <summary>Its worth, as the script counts with it.</summary>
    public string Value(LeadCard card) => Drawn.Of(Shop.FormatWhole(card.Value));

    public string Id(LeadCard card) => Drawn.Of(card.Id.ToString());

    public MarkupString Of(LeadCard card)
    {
        var (html, cue) = (new StringBuilder(800), CardCue.Of(card, Moment, Clock));
        html.Append("<div class=\"t\"><div class=\"grow\"><a class=\"nm\" href=\"/leads/").Append(card.Id).Append(Safe(Query)).Append("\" data-open draggable=\"false\">").Append(Safe(card.Name))
            .Append("</a><div class=\"so\">").Append(Safe(CardWords.Line(card))).Append("</div></div><span class=\"prio ").Append(CardWords.Bars(card.Priority))
            .Append("\" role=\"img\" aria-label=\"").Append(LeadWords.Of(card.Priority)).Append(" priority\"><i></i><i></i><i></i></span></div>");
        html.Append("<div class=\"v num\">").Append(card.ValueMinor == 0 ? "–" : Safe(Shop.FormatWhole(card.Value)));
        if (card.Status is LeadStatus.New && Moment.Now - card.CreatedAt < New) html.Append("<span class=\"badge acc mla\">new</span>");
        else AddAge(html, card);
        html.Append("<button type=\"button\" class=\"btn g icon move\" data-move aria-haspopup=\"menu\" aria-label=\"Move ").Append(Safe(card.Name)).Append(" to…\">");
        AddIcon(html, "dots").Append("</button></div><div class=\"f ").Append(cue.Css).Append("\">");
        AddIcon(html, cue.Icon).Append("<span>").Append(Safe(cue.Text)).Append("</span>");
        if (card.OwnerName.Length > 0)
            html.Append("<span class=\"av ").Append(Initials.Tint(card.OwnerName)).Append("\" role=\"img\" aria-label=\"").Append(Safe(card.OwnerName)).Append("\" title=\"").Append(Safe(card.OwnerName)).Append("\">")
                .Append(Safe(Initials.Of(card.OwnerName))).Append("</span>");
        return new MarkupString(Drawn.Of(html.Append("</div>").ToString()));
    }

    private void AddAge(StringBuilder html, LeadCard card)
    {
        var age = Moment.AgeOf(card.Status, card.TouchedAt);
        if (age is LeadAge.Fresh) return;
        var days = (int)(Moment.Now - card.TouchedAt).TotalDays;
        html.Append("<span class=\"age ").Append(age is LeadAge.Stale ? "bad" : "warn").Append("\" title=\"Nobody has worked on it for ").Append(days).Append(" days\">");
        AddIcon(html, "hour").Append("<span class=\"sr\">").Append(age is LeadAge.Stale ? "Stale: untouched for " : "Untouched for ").Append("</span>").Append(days).Append(" d</span>");
    }

    private StringBuilder AddIcon(StringBuilder html, string name) => html.Append("<svg class=\"ic\" aria-hidden=\"true\"><use href=\"").Append(Sprite).Append("#i-").Append(name).Append("\"/></svg>");

    private static string Safe(string text) => Encoder.Encode(text);
}
