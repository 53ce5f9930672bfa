using Crm.Data;
using Crm.Data.Accounts;
using Crm.Data.Leads;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Staff;

/// <summary>Who works here, for the owner.</summary>
public sealed class StaffQueries(IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, TimeProvider clock)
{
    private const int Most = 500;

    private static readonly LeadStatus[] Open = [LeadStatus.New, LeadStatus.Contacted, LeadStatus.Qualified];

    /// <summary>Everybody with a staff role: who can sign in first, then by role and name. Owner only.</summary>
    public async Task<Result<IReadOnlyList<StaffRow>>> ListAsync(CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ManageStaff) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await RowsAsync(db, Held(db).Take(Most), ct);
        return Result.Of<IReadOnlyList<StaffRow>>([.. rows.OrderByDescending(r => r.IsActive).ThenBy(r => Array.IndexOf(Roles.Staff, r.Role)).ThenBy(r => Folding.Fold(r.Name), StringComparer.Ordinal)]);
    }

    /// <summary>One of them, or <see cref="StaffNotFound"/>. Owner only.</summary>
    public async Task<Result<StaffRow>> GetAsync(Guid userId, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ManageStaff) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await RowsAsync(db, Held(db).Where(u => u.Id == userId), ct)).SingleOrDefault() is { } row ? row : new StaffNotFound();
    }

    /// <summary>Accounts with a staff role.</summary>
    internal static IQueryable<User> Held(CrmDbContext db) =>
        db.Users.Where(u => db.UserRoles.Any(held => held.UserId == u.Id && db.Roles.Any(r => r.Id == held.RoleId && Roles.Staff.Contains(r.Name))));

    private async Task<List<StaffRow>> RowsAsync(CrmDbContext db, IQueryable<User> users, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var rows = await users.OrderBy(u => u.Id).WithRoles(db).Select(h => new
        {
            User = new { h.User.Id, h.User.FirstName, h.User.LastName, h.User.UserName, h.User.Email, h.User.PhoneNumber, h.User.IsActive, h.User.JoinedAt, h.User.LastSignInAt },
            h.Roles,
            HasSecondFactor = h.User.TwoFactorEnabled || db.UserPasskeys.Any(p => p.UserId == h.User.Id),
            Sessions = db.Sessions.Count(s => s.UserId == h.User.Id && s.EndedAt == null && s.ExpiresAt > now),
            HasPassword = h.User.PasswordHash != null,
            InvitedUntil = db.OneTimeTokens.Where(t => t.UserId == h.User.Id && t.Purpose == TokenPurpose.AcceptInvitation && t.UsedAt == null && t.ExpiresAt > now).Max(t => (DateTime?)t.ExpiresAt),
            OpenLeads = db.Leads.Count(l => l.OwnerId == h.User.Id && Open.Contains(l.Status)),
        }).ToListAsync(ct);
        return rows.ConvertAll(r => new StaffRow(
            r.User.Id, User.NameOf(r.User.FirstName, r.User.LastName, r.User.UserName), r.User.FirstName, r.User.LastName, r.User.UserName ?? "", r.User.Email, r.User.PhoneNumber,
            Roles.Staff.First(r.Roles.Contains), r.User.IsActive, r.User.Id == actor.UserId, r.User.JoinedAt, r.User.LastSignInAt,
            r.HasSecondFactor, r.Sessions, r.HasPassword, r.InvitedUntil, r.OpenLeads));
    }
}
