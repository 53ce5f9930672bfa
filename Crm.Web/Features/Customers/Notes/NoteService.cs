using Crm.Data;
using Crm.Data.Customers;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Paging;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers.Notes;

/// <summary>What staff write down about a customer, for each other; the customer never sees it. Staff only, every method.</summary>
public sealed class NoteService(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, StaffDirectory staff, Shop shop)
{
    /// <summary>Notes of one page.</summary>
    public const int PageSize = 20;
    private const int MostPinned = 50;
    private static readonly Keyset<CustomerNote> Order = Keyset<CustomerNote>.By(n => n.CreatedAt);

    /// <summary>One page of a customer's notes, newest first.</summary>
    /// <param name="after">The last note of the page before.</param>
    /// <param name="rows">How many, beside the pinned ones; at most <see cref="ShownRows.Most"/>.</param>
    public async Task<Result<NotePage>> ListAsync(Guid customerId, Cursor? after, int rows, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.SeeCustomers) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var roster = await staff.ReadAsync(ct);
        var notes = db.CustomerNotes.AsNoTracking().Where(n => n.CustomerId == customerId);
        var pinned = after is null ? await notes.Where(n => n.IsPinned).OrderByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id).Take(MostPinned).ToListAsync(ct) : [];
        var page = await KeyPages.ReadAsync((cursor, backwards) => Order.Parts(notes.Where(n => !n.IsPinned), true, cursor, backwards), after, false, Math.Clamp(rows, 1, ShownRows.Most), ct);
        return new NotePage([.. pinned.Select(n => Row(n, roster))], [.. page.Rows.Select(n => Row(n, roster))], page.HasLater);
    }

    /// <summary>Adds a note in the writer's name.</summary>
    public async Task<Result<NoteRow>> AddAsync(Guid customerId, string? text, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.EditCustomers) is { } refusal) return refusal;
        if (Complaint(text) is { } complaint) return complaint;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Customers.AnyAsync(c => c.Id == customerId, ct)) return new CustomerNotFound();
        var note = new CustomerNote { CustomerId = customerId, AuthorId = actor.UserId, CreatedAt = shop.Now };
        note.Write(text!, shop.Now);
        db.CustomerNotes.Add(note);
        await db.SaveChangesAsync(ct);
        return Row(note, await staff.ReadAsync(ct));
    }

    /// <summary>Changes the text of the writer's own note.</summary>
    /// <param name="version">Of the text that was changed.</param>
    /// <returns>The note, or <see cref="NoteNotYours"/>, <see cref="NoteChanged"/>, <see cref="NoteNotFound"/>.</returns>
    public async Task<Result<NoteRow>> EditAsync(Guid noteId, string? text, int version, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.EditCustomers) is { } refusal) return refusal;
        if (Complaint(text) is { } complaint) return complaint;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var roster = await staff.ReadAsync(ct);
        var note = await db.CustomerNotes.SingleOrDefaultAsync(n => n.Id == noteId, ct);
        if (note is null) return new NoteNotFound();
        if (note.AuthorId is null || note.AuthorId != actor.UserId) return new NoteNotYours(Author(note, roster));
        if (note.Version != version) return new NoteChanged(note.Text, note.Version);
        note.Write(text!, shop.Now);
        return await SaveAsync(db, note, roster, ct);
    }

    /// <summary>Puts a note on top of the others for everybody, or back in line.</summary>
    public async Task<Result<NoteRow>> PinAsync(Guid noteId, bool pinned, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.EditCustomers) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var note = await db.CustomerNotes.SingleOrDefaultAsync(n => n.Id == noteId, ct);
        if (note is null) return new NoteNotFound();
        note.Pin(pinned);
        return await SaveAsync(db, note, await staff.ReadAsync(ct), ct);
    }

    private async Task<Result<NoteRow>> SaveAsync(CrmDbContext db, CustomerNote note, StaffRoster roster, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return Row(note, roster);
        }
        catch (DbUpdateConcurrencyException)
        {
            await using var again = await contexts.CreateDbContextAsync(ct);
            var now = await again.CustomerNotes.AsNoTracking().SingleOrDefaultAsync(n => n.Id == note.Id, ct);
            return now is null ? new NoteNotFound() : new NoteChanged(now.Text, now.Version);
        }
    }

    private static InvalidError? Complaint(string? text) => CleanText.Typed(text)?.Length switch
    {
        null or 0 => new InvalidError(nameof(NoteRow.Text), "Write something first."),
        > CustomerNote.TextLength => new InvalidError(nameof(NoteRow.Text), $"A note can have at most {CustomerNote.TextLength:N0} characters."),
        _ => null,
    };

    private NoteRow Row(CustomerNote note, StaffRoster roster) => new(note.Id, note.Text, note.IsPinned, Author(note, roster),
        note.AuthorId is not null && note.AuthorId == actor.UserId, note.CreatedAt, note.UpdatedAt, note.Version);

    private static string Author(CustomerNote note, StaffRoster roster) => note.AuthorId is { } id ? roster.NameOf(id) : "The shop";
}
