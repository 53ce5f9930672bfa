using Crm.Data;
using Crm.Data.Accounts;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.RoleRights;

/// <summary>What each role may do, looked at and refined by the owner; effective with the next command of everybody concerned.</summary>
public sealed class RightsService(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor)
{
    private const int MostTries = 3;

    /// <summary>The whole matrix, in the order of the page. Owner only.</summary>
    public async Task<Result<IReadOnlyList<RightRow>>> ListAsync(CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ManageStaff) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var changed = await db.RolePermissions.AsNoTracking().Select(p => new { p.Role, p.Permission, p.Granted }).ToDictionaryAsync(p => (p.Role, p.Permission), p => p.Granted, ct);
        return Result.Of<IReadOnlyList<RightRow>>([.. PermissionFacts.All.Select(f => new RightRow(f, [.. Roles.Staff.Select(role => Cell(f, role))]))]);

        RightCell Cell(PermissionFacts facts, string role)
        {
            var cameWith = facts.Default(role);
            if (facts.WhyFixed(role) is { } why) return new RightCell(role, cameWith, cameWith, why);
            var granted = changed.TryGetValue((role, facts.Permission.ToString()), out var said) ? said : cameWith;
            return facts.Needs is { } needed && PermissionFacts.Of(needed) is var other && !(changed.TryGetValue((role, needed.ToString()), out var has) ? has : other.Default(role))
                ? new RightCell(role, false, cameWith, $"Needs “{other.Name}”.") { Wanted = granted }
                : new RightCell(role, granted, cameWith, null) { Wanted = granted };
        }
    }

    /// <summary>Gives a role a permission or takes it away; what a role comes with anyway is not kept as a change. Owner only.</summary>
    /// <returns>Done, or <see cref="RightFixed"/>.</returns>
    public async Task<Result<Done>> SetAsync(string role, Permission permission, bool granted, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ManageStaff) is { } refusal) return refusal;
        if (!Enum.IsDefined(permission) || !Roles.Staff.Contains(role)) return new InvalidError("", "There is no such role or permission.");
        var facts = PermissionFacts.Of(permission);
        if (facts.WhyFixed(role) is { } why) return new RightFixed(why);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await StoreAsync(role, facts, granted, ct);
                return new Done();
            }
            catch (DbUpdateException lost) when (attempt < MostTries && (lost is DbUpdateConcurrencyException || CrmDatabase.IsUniqueViolation(lost)))
            {
                // Another owner turned the same switch a moment ago: the later turn stands.
            }
        }
    }

    /// <summary>Puts every role back as it came. Owner only.</summary>
    public async Task<Result<Done>> ResetAsync(CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ManageStaff) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        db.RolePermissions.RemoveRange(await db.RolePermissions.ToListAsync(ct));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ConflictError("Somebody changed the rights a moment ago. Look at them again.");
        }
        await write.CommitAsync(ct);
        return new Done();
    }

    private async Task StoreAsync(string role, PermissionFacts facts, bool granted, CancellationToken ct)
    {
        var name = facts.Permission.ToString();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var known = await db.RolePermissions.SingleOrDefaultAsync(p => p.Role == role && p.Permission == name, ct);
        if (granted == facts.Default(role))
        {
            if (known is not null) db.RolePermissions.Remove(known);
        }
        else if (known is null) db.RolePermissions.Add(new RolePermission { Role = role, Permission = name, Granted = granted });
        else known.Granted = granted;
        await db.SaveChangesAsync(ct);
    }
}
