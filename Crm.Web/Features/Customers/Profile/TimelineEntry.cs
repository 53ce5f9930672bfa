using Crm.Data.Customers;
using Crm.Data.Loyalty;
using Crm.Data.Orders;
using Crm.Web.Platform.Paging;

namespace Crm.Web.Features.Customers.Profile;

/// <summary>What can happen with a customer. Of things at the same instant the later kind in this list stands above.</summary>
public enum TimelineKind { Consent, Withdrawal, Points, Note, Return, Order }

/// <summary>What the chips above the timeline choose.</summary>
public enum TimelineFilter { All, Sales, Points, Notes, Consent }

/// <summary>One thing that happened.</summary>
public abstract record TimelineEntry(TimelineKind Kind, Guid Id, DateTime At)
{
    /// <summary>The place right at this entry.</summary>
    public TimelineCursor Cursor => new(At, Kind, Id);
}

/// <param name="Items">The first lines and how many more there are.</param>
/// <param name="TotalMinor">Minor units.</param>
public sealed record OrderEntry(Guid Id, DateTime At, string Number, OrderChannel Channel, OrderStatus Status, long TotalMinor, int Lines, string Items)
    : TimelineEntry(TimelineKind.Order, Id, At);

/// <summary>Goods came back.</summary>
public sealed record ReturnEntry(Guid Id, DateTime At, string Number, long TotalMinor, string? Reason) : TimelineEntry(TimelineKind.Return, Id, At);

/// <summary>A line of the points ledger.</summary>
public sealed record PointsEntry(Guid Id, DateTime At, LoyaltyKind What, int Points, string? Note) : TimelineEntry(TimelineKind.Points, Id, At);

/// <summary>A staff note.</summary>
/// <param name="Text">Markdown.</param>
public sealed record NoteEntry(Guid Id, DateTime At, string Author, string Text, bool IsPinned) : TimelineEntry(TimelineKind.Note, Id, At);

/// <summary>The customer agreed to be written to, or, of kind Withdrawal, took that back.</summary>
/// <param name="Source">Where it was given.</param>
public sealed record ConsentEntry(TimelineKind Kind, Guid Id, DateTime At, ConsentChannel Channel, ConsentPurpose Purpose, string Source, string Wording)
    : TimelineEntry(Kind, Id, At);

/// <summary>A place in the merged timeline: newest first, then by kind, then by id.</summary>
public sealed record TimelineCursor(DateTime At, TimelineKind Kind, Guid Id)
{
    private static readonly Guid Last = Guid.Parse("ffffffff-ffff-ffff-ffff-ffffffffffff");

    /// <summary>The place from which one kind is read on: at the same instant, kinds below are still to come and kinds above are done.</summary>
    internal Cursor For(TimelineKind kind) => Cursor.At(At, kind == Kind ? Id : kind < Kind ? Last : Guid.Empty);

    internal static int Compare(TimelineEntry a, TimelineEntry b) =>
        (a.At.CompareTo(b.At), a.Kind.CompareTo(b.Kind), a.Id.CompareTo(b.Id)) switch
        {
            (not 0 and var byTime, _, _) => byTime,
            (_, not 0 and var byKind, _) => byKind,
            (_, _, var byId) => byId,
        };
}

/// <summary>A part of the timeline, newest first.</summary>
public sealed record TimelinePage(IReadOnlyList<TimelineEntry> Entries, bool HasMore);
