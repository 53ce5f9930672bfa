using Crm.Data;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Phones;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Typed;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Api;

/// <summary>What somebody may change about their own account; null leaves it as it is.</summary>
public sealed record OwnAccountEdit(string? FirstName, string? LastName, string? Phone);

/// <summary>The number is that of another account or customer; whose is not told.</summary>
public sealed record AccountPhoneTaken() : InvalidError(nameof(OwnAccountEdit.Phone), "This phone number cannot be used here.");

/// <summary>The signed-in person's own account, and never another. Role, user name and e-mail address are not changed here.</summary>
sealed class OwnAccount(CurrentActor actor, IDbContextFactory<CrmDbContext> contexts, Shop shop)
{
    public async Task<Result<AccountFacts>> OpenAsync(CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await AccountFactsQueries.FindAsync(db, userId, ct) is { } facts ? facts : new ForbiddenError();
    }

    /// <summary>Written into the caller's unit of work, who saves it.</summary>
    /// <returns>Done, or <see cref="AccountPhoneTaken"/>, or a complaint about the number.</returns>
    public async Task<Result<Done>> WriteAsync(CrmDbContext db, OwnAccountEdit edit, CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        string? phone = null;
        if (!string.IsNullOrWhiteSpace(edit.Phone) && !PhoneNumber.TryParse(edit.Phone, shop.Settings.Country, out phone))
            return new InvalidError(nameof(edit.Phone), PhoneNumber.Complaint(shop.Settings.Country));
        if (phone is not null && await IsTakenAsync(db, phone, userId, ct)) return new AccountPhoneTaken();
        var user = await db.Users.SingleAsync(u => u.Id == userId, ct);
        user.FirstName = PersonName.Clean(edit.FirstName) ?? user.FirstName;
        user.LastName = PersonName.Clean(edit.LastName) ?? user.LastName;
        if (edit.Phone is not null) user.PhoneNumber = phone;
        return new Done();
    }

    private static async Task<bool> IsTakenAsync(CrmDbContext db, string phone, Guid userId, CancellationToken ct) =>
        await db.Users.AnyAsync(u => u.PhoneNumber == phone && u.Id != userId, ct) || await db.Customers.AnyAsync(c => c.Phone == phone && c.UserId != userId, ct);
}
