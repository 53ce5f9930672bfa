using System.Globalization;
using Crm.Data;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Undo;

/// <summary>A rule for rows with an id of their own; whoever may is for the room to say.</summary>
public abstract class UndoRule<T> : IUndoRule where T : class
{
    private static readonly string[] Quiet = ["UpdatedAt", "TouchedAt"];

    public Type Kind => typeof(T);

    public virtual Type Root => Kind;

    public virtual bool IsQuiet(string property) => Quiet.Contains(property);

    public virtual bool IsWhole(UndoRow row) => false;

    public virtual Task LockAsync(CrmDbContext db, CancellationToken ct) => Task.CompletedTask;

    public async Task<IReadOnlyList<object>> LoadAsync(CrmDbContext db, IReadOnlyCollection<UndoRow> rows, CancellationToken ct) =>
        await Of(db, rows).ToListAsync(ct);

    public abstract Task<IReadOnlyDictionary<UndoRow, Error>> RefusalsAsync(CrmDbContext db, CurrentActor actor, IReadOnlyCollection<UndoRow> rows, CancellationToken ct);

    public async Task<IReadOnlyCollection<(object Row, object Part)>> HangingAsync(CrmDbContext db, IReadOnlyCollection<object> rows, CancellationToken ct) =>
        await HangingAsync(db, [.. rows.Cast<T>()], ct);

    public Task SettleAsync(CrmDbContext db, object row, CancellationToken ct) => SettleAsync(db, (T)row, ct);

    public Task RemoveAsync(CrmDbContext db, IReadOnlyCollection<object> rows, CancellationToken ct) => RemoveAsync(db, [.. rows.Cast<T>()], ct);

    public void Finish(CrmDbContext db, object row, UndoRow change) => Finish(db, (T)row, change);

    public string NameOf(object row) => NameOf((T)row);

    public virtual UndoWords Tell(string property, object? value) =>
        new(UndoNames.Words(property), value is bool yes ? yes ? "yes" : "no" : Convert.ToString(value, CultureInfo.InvariantCulture));

    /// <summary>The rows of these changes; a kind without an id of its own finds them otherwise.</summary>
    protected virtual IQueryable<T> Of(CrmDbContext db, IReadOnlyCollection<UndoRow> rows)
    {
        var ids = rows.Select(r => r.EntityId).Distinct().ToList();
        return db.Set<T>().Where(e => ids.Contains(EF.Property<Guid>(e, nameof(Entity.Id))));
    }

    protected abstract Task RemoveAsync(CrmDbContext db, IReadOnlyList<T> rows, CancellationToken ct);

    protected virtual Task<IReadOnlyCollection<(object Row, object Part)>> HangingAsync(CrmDbContext db, IReadOnlyList<T> rows, CancellationToken ct) =>
        Task.FromResult<IReadOnlyCollection<(object, object)>>([]);

    protected virtual Task SettleAsync(CrmDbContext db, T row, CancellationToken ct) => Task.CompletedTask;

    protected virtual void Finish(CrmDbContext db, T row, UndoRow change) { }

    protected abstract string NameOf(T row);
}
