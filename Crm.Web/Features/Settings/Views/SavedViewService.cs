using Crm.Data;
using Crm.Data.Settings;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Settings.Views;

/// <summary>
/// Views of lists: a filter with order, columns and layout under a name. Staff keep their own, and may show them to everybody who works
/// here; managers may delete what is shown to all.
/// </summary>
public sealed class SavedViewService(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, Shop shop)
{
    private const int MostViews = 50;

    /// <summary>One's own views of a list and the shared ones, by name.</summary>
    public async Task<Result<IReadOnlyList<SavedViewRow>>> ListAsync(string area, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var me = actor.UserId;
        return Result.Of<IReadOnlyList<SavedViewRow>>(await db.SavedViews.AsNoTracking().Where(v => v.Area == area && (v.OwnerId == me || v.IsShared))
            .OrderByDescending(v => v.OwnerId == me).ThenBy(v => v.Name).ThenBy(v => v.Id).Take(2 * MostViews)
            .Select(v => new SavedViewRow(v.Id, v.Name, v.Query, v.IsShared, v.OwnerId == me, db.FirstViews.Any(f => f.UserId == me && f.ViewId == v.Id),
                v.OwnerId == me ? null : db.Users.Where(u => u.Id == v.OwnerId).Select(u => u.FirstName + " " + u.LastName).FirstOrDefault(),
                db.FirstViews.Count(f => f.UserId != me && f.ViewId == v.Id))).ToListAsync(ct));
    }

    /// <summary>Keeps what a list shows under a name.</summary>
    /// <param name="query">The query of the list's address.</param>
    /// <returns>Its id, or <see cref="ViewNameTaken"/>, a complaint about the name.</returns>
    public async Task<Result<Guid>> CreateAsync(string area, string name, string query, bool shared, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        if (Complaint(area, name, query) is { } complaint) return complaint;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.SavedViews.CountAsync(v => v.OwnerId == actor.UserId && v.Area == area, ct) >= MostViews)
            return new ConflictError($"You have {MostViews} views already. Delete one that you no longer need.");
        var view = new SavedView { Area = area, Name = name.Trim(), Query = query, OwnerId = actor.UserId!.Value, IsShared = shared, CreatedAt = shop.Now };
        db.SavedViews.Add(view);
        return await SaveAsync(db, name, ct) is { } lost ? lost : view.Id;
    }

    /// <summary>Gives one's own view another name.</summary>
    public Task<Result<Done>> RenameAsync(Guid viewId, string name, CancellationToken ct) =>
        OwnAsync(viewId, view => Complaint(view.Area, name, view.Query), view => view.Name = name.Trim(), ct);

    /// <summary>Makes one's own view show what the list shows now.</summary>
    public Task<Result<Done>> UpdateAsync(Guid viewId, string query, CancellationToken ct) =>
        OwnAsync(viewId, view => Complaint(view.Area, view.Name, query), view => view.Query = query, ct);

    /// <summary>Shows one's own view to everybody who works here, or to nobody else any more.</summary>
    public Task<Result<Done>> ShareAsync(Guid viewId, bool shared, CancellationToken ct) => OwnAsync(viewId, _ => null, view => view.IsShared = shared, ct);

    /// <summary>Deletes one's own view; managers may delete what is shown to all.</summary>
    public async Task<Result<Done>> DeleteAsync(Guid viewId, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await SeenAsync(db, viewId, ct) is not { } view) return new ViewNotFound();
        if (view.OwnerId != actor.UserId && actor.UnlessManagement() is { } notTheirs) return notTheirs;
        db.FirstViews.RemoveRange(await db.FirstViews.Where(f => f.ViewId == viewId).ToListAsync(ct));
        db.SavedViews.Remove(view);
        return await SaveAsync(db, view.Name, ct) is { } lost ? lost : default(Done);
    }

    /// <summary>The list opens with this view for whoever acts, or with everything again.</summary>
    /// <param name="viewId">None for everything.</param>
    public async Task<Result<Done>> SetFirstAsync(string area, Guid? viewId, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (viewId is { } wanted && await SeenAsync(db, wanted, ct) is null) return new ViewNotFound();
        var first = await db.FirstViews.SingleOrDefaultAsync(f => f.UserId == actor.UserId && f.Area == area, ct);
        if (viewId is null && first is not null) db.FirstViews.Remove(first);
        else if (viewId is { } id && first is not null) first.ViewId = id;
        else if (viewId is { } added) db.FirstViews.Add(new FirstView { UserId = actor.UserId!.Value, Area = area, ViewId = added });
        return await SaveAsync(db, "", ct) is { } lost ? lost : default(Done);
    }

    private async Task<Result<Done>> OwnAsync(Guid viewId, Func<SavedView, Error?> complaint, Action<SavedView> change, CancellationToken ct)
    {
        if (actor.UnlessStaff() is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await SeenAsync(db, viewId, ct) is not { } view) return new ViewNotFound();
        if (view.OwnerId != actor.UserId) return new ForbiddenError("This view is a colleague's. Save it under a name of your own.");
        if (complaint(view) is { } complained) return complained;
        change(view);
        return await SaveAsync(db, view.Name, ct) is { } lost ? lost : default(Done);
    }

    private async Task<SavedView?> SeenAsync(CrmDbContext db, Guid viewId, CancellationToken ct) =>
        await db.SavedViews.SingleOrDefaultAsync(v => v.Id == viewId && (v.IsShared || v.OwnerId == actor.UserId), ct);

    private static async Task<Error?> SaveAsync(CrmDbContext db, string name, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ConflictError("This view was changed in another window a moment ago. Try again.");
        }
        catch (DbUpdateException lost) when (CrmDatabase.IsUniqueViolation(lost))
        {
            return new ViewNameTaken(name.Trim());
        }
    }

    private static Error? Complaint(string area, string name, string query)
    {
        var complaints = new Complaints();
        complaints.Require("Name", name, "Give the view a name.");
        complaints.Within("Name", name, SavedView.NameLength);
        if (query.Length > SavedView.QueryLength) complaints.Add("", "This filter is too long to be kept. Use fewer words.");
        if (!ViewAreas.All.Contains(area)) complaints.Add("", "This list has no views.");
        return complaints.Error;
    }
}
