using Crm.Data;
using Crm.Data.Messaging;

namespace Crm.Web.Features.Messaging.Notices;

/// <summary>What notices tell of.</summary>
public static class NoticeKinds
{
    public const string Reminder = "reminder";
    public const string Mention = "mention";
    public const string Assigned = "assigned";
}

/// <summary>
/// Puts news under somebody's bell, in the transaction of what they tell of:
/// <c>await NoticeWriter.TellAsync(db, NoticeWriter.Of(userId, NoticeKinds.Mention, text, link, key, now), ct)</c>.
/// </summary>
public static class NoticeWriter
{
    /// <summary>A notice that waits to be told.</summary>
    /// <param name="text">One line; what does not fit is cut.</param>
    /// <param name="link">A path of this shop: "/leads/{id}".</param>
    /// <param name="key">Says which news of which row for whom, up to 120 characters: the same key is told once.</param>
    public static Notice Of(Guid userId, string kind, string text, string link, string key, DateTime now) => new()
    {
        UserId = userId,
        Kind = kind,
        Text = CleanText.Cut(text.ReplaceLineEndings(" "), Notice.TextLength),
        Link = link,
        Key = key,
        At = now,
    };

    /// <summary>
    /// Adds a notice to the caller's context, which saves it with its own rows: it is told if that commits, and never otherwise. A key
    /// that was told before is no mistake, on this node or another at the same moment: the first notice stands.
    /// </summary>
    public static Task TellAsync(CrmDbContext db, Notice notice, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (!notice.Link.StartsWith('/') || notice.Link.StartsWith("//", StringComparison.Ordinal)) throw new ArgumentException("A notice leads to a page of this shop.", nameof(notice));
        if (notice.Key.Length is 0 or > 120) throw new ArgumentException("A key has 1 to 120 characters.", nameof(notice));
        db.Tell(notice);
        return Task.CompletedTask;
    }
}
