using Crm.Data;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Leads.Opportunities;

/// <summary>One stage as a screen shows it: its totals, and as many cards as were scrolled to.</summary>
public sealed class DealLane(StageTotal total)
{
    private readonly List<OpportunityRow> cards = [];

    public StageRow Stage { get; private set; } = total.Stage;
    public IReadOnlyList<OpportunityRow> Cards => cards;

    /// <summary>All cards under the filter, also those that are not loaded.</summary>
    public int Count { get; private set; } = total.Count;
    public Money Amount { get; private set; } = total.Amount;
    public Money Weighted => Total.Weighted;
    public StageTotal Total => new(Stage, Count, Amount.Minor);
    public bool HasMore { get; private set; }

    /// <summary>Counted up by every change, so that an unchanged lane is not drawn again.</summary>
    public int Revision { get; private set; }

    public int IndexOf(Guid id) => cards.FindIndex(c => c.Id == id);

    /// <summary>Takes the totals from the database.</summary>
    public void Take(StageTotal total) => (Stage, Count, Amount, Revision) = (total.Stage, total.Count, total.Amount, Revision + 1);

    /// <summary>Shows these cards from the top.</summary>
    public void Fill(Page<OpportunityRow> page)
    {
        cards.Clear();
        Append(page);
    }

    /// <summary>Shows the next cards below those that are there already.</summary>
    public void Append(Page<OpportunityRow> page)
    {
        cards.AddRange(page.Rows.Where(row => IndexOf(row.Id) < 0));
        (HasMore, Revision) = (page.HasMore, Revision + 1);
    }

    /// <summary>Takes a card away, with its share of the totals, also where the screen no longer shows it.</summary>
    public void TakeOut(OpportunityRow card)
    {
        Drop(card.Id);
        (Count, Amount, Revision) = (Count - 1, Amount - card.Amount, Revision + 1);
    }

    /// <summary>Puts a card at a place, with its share of the totals.</summary>
    public void PutIn(OpportunityRow card, int index)
    {
        Drop(card.Id);
        cards.Insert(Math.Clamp(index, 0, cards.Count), card);
        (Count, Amount, Revision) = (Count + 1, Amount + card.Amount, Revision + 1);
    }

    /// <summary>Takes a card off the screen; totals stay as the database told them.</summary>
    public bool Drop(Guid id)
    {
        var gone = cards.RemoveAll(c => c.Id == id) > 0;
        if (gone) Revision++;
        return gone;
    }

    /// <summary>Shows a card where its rank puts it, unless that is below what was scrolled to; totals stay as the database told them.</summary>
    public void Show(OpportunityRow card)
    {
        Drop(card.Id);
        var index = cards.FindIndex(c => card.Rank < c.Rank || card.Rank == c.Rank && card.Id.CompareTo(c.Id) < 0);
        if (index < 0 && HasMore) return;
        cards.Insert(index < 0 ? cards.Count : index, card);
        Revision++;
    }
}
