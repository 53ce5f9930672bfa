using Crm.Data;
using Crm.Data.Leads;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads.Board;

/// <summary>One column as a screen shows it: its totals, and as many cards as were scrolled to.</summary>
public sealed class Lane(LeadStatus status)
{
    private readonly List<LeadCard> cards = [];
    private long valueMinor;

    public LeadStatus Status => status;
    public IReadOnlyList<LeadCard> Cards => cards;

    /// <summary>All cards under the filter, also those that are not loaded.</summary>
    public int Count { get; private set; }
    public Money Value => new(valueMinor);
    public bool HasMore { get; private set; }

    /// <summary>Counted up by every change, so that an unchanged lane is not drawn again.</summary>
    public int Revision { get; private set; }

    public int IndexOf(Guid id) => cards.FindIndex(c => c.Id == id);

    /// <summary>Takes the totals from the database.</summary>
    public void Total(LaneTotal total)
    {
        if ((Count, valueMinor) == (total.Count, total.ValueMinor)) return;
        (Count, valueMinor, Revision) = (total.Count, total.ValueMinor, Revision + 1);
    }

    /// <summary>Shows these cards from the top.</summary>
    public void Fill(Page<LeadCard> page)
    {
        cards.Clear();
        Append(page);
    }

    /// <summary>Shows the next cards below those that are there already.</summary>
    public void Append(Page<LeadCard> page)
    {
        cards.AddRange(page.Rows.Where(row => IndexOf(row.Id) < 0));
        (HasMore, Revision) = (page.HasMore, Revision + 1);
    }

    /// <summary>Takes a card away, with its share of the totals, also where the screen no longer shows it.</summary>
    public void TakeOut(LeadCard card)
    {
        Drop(card.Id);
        (Count, valueMinor, Revision) = (Count - 1, valueMinor - card.ValueMinor, Revision + 1);
    }

    /// <summary>Puts a card at a place, with its share of the totals.</summary>
    public void PutIn(LeadCard card, int index)
    {
        Drop(card.Id);
        cards.Insert(Math.Clamp(index, 0, cards.Count), card);
        (Count, valueMinor, Revision) = (Count + 1, valueMinor + card.ValueMinor, Revision + 1);
    }

    /// <summary>Takes a card off the screen; totals stay as the database told them.</summary>
    public bool Drop(Guid id)
    {
        var gone = cards.RemoveAll(c => c.Id == id) > 0;
        if (gone) Revision++;
        return gone;
    }

    /// <summary>Shows a card where its rank puts it, unless that is below what was scrolled to; totals stay as the database told them.</summary>
    public void Show(LeadCard card)
    {
        Drop(card.Id);
        var index = cards.FindIndex(c => Compare(card, c) < 0);
        if (index < 0 && HasMore) return;
        cards.Insert(index < 0 ? cards.Count : index, card);
        Revision++;
    }

    /// <summary>Shows a card below all others, whatever its rank.</summary>
    public void ShowLast(LeadCard card)
    {
        Drop(card.Id);
        cards.Add(card);
        Revision++;
    }

    private static int Compare(LeadCard a, LeadCard b) => a.Rank != b.Rank ? a.Rank.CompareTo(b.Rank) : a.Id.CompareTo(b.Id);
}
