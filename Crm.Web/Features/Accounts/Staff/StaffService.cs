using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Owner;
using Crm.Web.Features.Accounts.SecondFactor;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Staff;

/// <summary>
/// What the owner does with colleagues' accounts. Whatever takes something away counts for their next command, and the shop is never
/// left without an active owner. Owner only, every method; each answers with the row as it is now.
/// </summary>
public sealed class StaffService(
    IDbContextFactory<CrmDbContext> contexts, CurrentActor actor, StaffQueries queries, AccountAccess access, SecondFactorService secondFactor)
{
    private const int NameLength = 100;

    /// <summary>Changes name and role.</summary>
    /// <returns>The row, or <see cref="StaffNotFound"/>, <see cref="LastOwner"/>, <see cref="OwnAccess"/>, or every complaint.</returns>
    public Task<Result<StaffRow>> UpdateAsync(Guid userId, StaffEdit edit, CancellationToken ct) => OnAsync(userId, async (db, user) =>
    {
        var complaints = new Complaints();
        complaints.Require(nameof(edit.FirstName), edit.FirstName, "Enter the first name.");
        complaints.Within(nameof(edit.FirstName), edit.FirstName, NameLength);
        complaints.Within(nameof(edit.LastName), edit.LastName, NameLength);
        if (!Roles.Staff.Contains(edit.Role)) complaints.Add(nameof(edit.Role), "Choose a role.");
        if (complaints.Error is { } complaint) return complaint;
        (user.FirstName, user.LastName) = (edit.FirstName.Trim(), edit.LastName?.Trim() ?? "");
        return await GiveRoleAsync(db, user, edit.Role, ct);
    }, ct);

    /// <summary>Changes the role alone.</summary>
    /// <returns>The row, or <see cref="StaffNotFound"/>, <see cref="LastOwner"/>, <see cref="OwnAccess"/>.</returns>
    public Task<Result<StaffRow>> SetRoleAsync(Guid userId, string role, CancellationToken ct) =>
        OnAsync(userId, async (db, user) => Roles.Staff.Contains(role) ? await GiveRoleAsync(db, user, role, ct) : new InvalidError(nameof(StaffEdit.Role), "Choose a role."), ct);

    /// <summary>Switches the account off: it is signed out everywhere and nothing signs it in. What it did stays.</summary>
    /// <returns>The row with the open leads to hand over, or <see cref="StaffNotFound"/>, <see cref="LastOwner"/>, <see cref="OwnAccess"/>.</returns>
    public Task<Result<StaffRow>> DeactivateAsync(Guid userId, CancellationToken ct) => OnAsync(userId, async (db, user) =>
    {
        if (userId == actor.UserId) return new OwnAccess();
        if (!user.IsActive) return null;
        if (await Owners.IsLastAsync(db, userId, ct)) return new LastOwner();
        await access.SwitchOffAsync(db, user, ct);
        return null;
    }, ct);

    /// <summary>Switches the account on again, with the password and role that it had.</summary>
    public Task<Result<StaffRow>> ActivateAsync(Guid userId, CancellationToken ct) => OnAsync(userId, (_, user) =>
    {
        user.IsActive = true;
        return Task.FromResult<Error?>(null);
    }, ct);

    /// <summary>For somebody who lost the phone: authenticator, recovery codes and passkeys go, and every session ends. They are told by mail.</summary>
    /// <returns>The row, or <see cref="StaffNotFound"/>, or <see cref="OwnAccess"/>: whoever holds a stolen session must not get round the code.</returns>
    public Task<Result<StaffRow>> ResetSecondFactorAsync(Guid userId, CancellationToken ct) => OnAsync(userId, async (db, user) =>
    {
        if (userId == actor.UserId) return new OwnAccess();
        await secondFactor.ResetAsync(db, userId, ct);
        await access.EndSessionsAsync(db, user, ct);
        return null;
    }, ct);

    /// <summary>Ends every session of the account, in browsers and of programs.</summary>
    public Task<Result<StaffRow>> SignOutEverywhereAsync(Guid userId, CancellationToken ct) => OnAsync(userId, async (db, user) =>
    {
        await access.EndSessionsAsync(db, user, ct);
        return null;
    }, ct);

    private async Task<Result<StaffRow>> OnAsync(Guid userId, Func<CrmDbContext, User, Task<Error?>> change, CancellationToken ct)
    {
        if (actor.UnlessMay(Permission.ManageStaff) is { } refusal) return refusal;
        var written = await AccountWrite.RunAsync<Done>(contexts, async db =>
        {
            await Owners.LockAsync(db, ct);
            if (await StaffQueries.Held(db).SingleOrDefaultAsync(u => u.Id == userId, ct) is not { } user) return new StaffNotFound();
            return await change(db, user) is { } refused ? refused : new Done();
        }, ct);
        if (written.Failed(out refusal, out _)) return refusal;
        return await queries.GetAsync(userId, ct);
    }

    private async Task<Error?> GiveRoleAsync(CrmDbContext db, User user, string role, CancellationToken ct)
    {
        if (!await access.GiveRoleAsync(db, user, role, inPlaceOf: Roles.Staff, ct)) return null;
        if (user.Id == actor.UserId) return new OwnAccess();
        return role != Roles.Owner && await Owners.IsLastAsync(db, user.Id, ct) ? new LastOwner() : null;
    }
}
