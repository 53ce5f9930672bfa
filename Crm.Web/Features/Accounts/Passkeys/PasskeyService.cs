using System.Buffers.Text;
using System.Text.Json;
using Crm.Data;
using Crm.Data.Accounts;
using Crm.Web.Features.Accounts.Passwords;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Passkeys;

/// <summary>Lets whoever is signed in keep passkeys: fingerprint, face or a key in place of the password.</summary>
public sealed class PasskeyService(
    CurrentActor actor, SignInManager<User> identity, IDbContextFactory<CrmDbContext> contexts, OwnPassword own, SecurityMail mail, TimeProvider clock)
{
    /// <summary>More than these nobody needs.</summary>
    public const int Most = 20;

    public async Task<Result<IReadOnlyList<PasskeyRow>>> ListAsync(CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var stored = await db.UserPasskeys.AsNoTracking().Where(p => p.UserId == userId).Take(Most).ToListAsync(ct);
        return Result.Of<IReadOnlyList<PasskeyRow>>([.. stored.Select(Row).OrderBy(p => p.AddedAt)]);
    }

    /// <summary>
    /// The question that makes a browser create a passkey, as JSON, for somebody who knows the password: only who was asked can
    /// answer, so the answer needs no password again.
    /// </summary>
    public async Task<Result<string>> QuestionAsync(string password, CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new ForbiddenError();
        if ((await own.ProveAsync(password, nameof(PasskeyForm.Password), ct)).Failed(out var refusal, out _)) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Id == userId, ct);
        return await identity.MakePasskeyCreationOptionsAsync(new() { Id = user.Id.ToString(), Name = user.Email ?? user.UserName ?? "", DisplayName = user.DisplayName });
    }

    /// <summary>Keeps the passkey that the browser has created.</summary>
    /// <returns>Done, or a complaint beside a field, or <see cref="PasskeyRefused"/>.</returns>
    public async Task<Result<Done>> AddAsync(PasskeyForm form, CancellationToken ct)
    {
        if (Proved.By(actor) is not { UserId: var userId } who) return new ForbiddenError();
        if (string.IsNullOrEmpty(form.Credential)) return new InvalidError("", "Your browser gave no passkey. It has to run this page's script, and to know passkeys.");
        if (await AnswerAsync(form.Credential) is not { Succeeded: true } answer || answer.UserEntity.Id != userId.ToString()) return new PasskeyRefused();

        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        if (await who.FindAsync(db, ct) is not { } user) return new ForbiddenError();
        var credential = answer.Passkey.CredentialId;
        if (await db.UserPasskeys.AnyAsync(p => p.CredentialId == credential, ct)) return new PasskeyRefused();
        if (await db.UserPasskeys.CountAsync(p => p.UserId == userId, ct) >= Most) return new InvalidError("", $"There are {Most} passkeys already. Remove one first.");
        db.UserPasskeys.Add(new() { UserId = userId, CredentialId = credential, Data = Data(answer.Passkey, form.Name.Trim()) });
        return await SavedAsync(db, write, user, $"Added the passkey “{form.Name.Trim()}”", SecurityChange.PasskeyAdded, ct);
    }

    public async Task<Result<Done>> RenameAsync(string id, PasskeyNameForm form, CancellationToken ct)
    {
        if (Proved.By(actor) is not { } who) return new ForbiddenError();
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        if (await who.FindAsync(db, ct) is not { } user) return new ForbiddenError();
        if (await FindAsync(db, user.Id, id, ct) is not { } stored) return new PasskeyNotFound();
        stored.Data.Name = form.Name.Trim();
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return new Done();
    }

    public async Task<Result<Done>> RemoveAsync(string id, CancellationToken ct)
    {
        if (Proved.By(actor) is not { } who) return new ForbiddenError();
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var write = await db.BeginWriteAsync(ct);
        if (await who.FindAsync(db, ct) is not { } user) return new ForbiddenError();
        if (await FindAsync(db, user.Id, id, ct) is not { } stored) return new PasskeyNotFound();
        db.UserPasskeys.Remove(stored);
        return await SavedAsync(db, write, user, $"Removed the passkey “{stored.Data.Name}”", SecurityChange.PasskeyRemoved, ct);
    }

    private async Task<Result<Done>> SavedAsync(CrmDbContext db, Crm.Data.Storage.WriteScope write, User user, string deed, SecurityChange change, CancellationToken ct)
    {
        db.Note<User>(user.Id, deed);
        mail.Tell(db, user, change);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return new Done();
    }

    private static async Task<IdentityUserPasskey<Guid>?> FindAsync(CrmDbContext db, Guid userId, string id, CancellationToken ct)
    {
        if (!Base64Url.IsValid(id)) return null;
        var credential = Base64Url.DecodeFromChars(id);
        return await db.UserPasskeys.SingleOrDefaultAsync(p => p.UserId == userId && p.CredentialId == credential, ct);
    }

    private async Task<PasskeyAttestationResult?> AnswerAsync(string credential)
    {
        if (credential.Length > PasskeyCheck.LongestCredential) return null;
        try
        {
            return await identity.PerformPasskeyAttestationAsync(credential);
        }
        catch (Exception failure) when (failure is InvalidOperationException or JsonException or FormatException)
        {
            // No question was asked in this browser, or this is no answer at all.
            return null;
        }
    }

    private IdentityPasskeyData Data(UserPasskeyInfo made, string name) => new()
    {
        Name = name,
        PublicKey = made.PublicKey,
        CreatedAt = clock.GetUtcNow(),
        SignCount = made.SignCount,
        Transports = made.Transports,
        IsUserVerified = made.IsUserVerified,
        IsBackupEligible = made.IsBackupEligible,
        IsBackedUp = made.IsBackedUp,
        AttestationObject = made.AttestationObject,
        ClientDataJson = made.ClientDataJson,
    };

    private static PasskeyRow Row(IdentityUserPasskey<Guid> stored) =>
        new(Base64Url.EncodeToString(stored.CredentialId), stored.Data.Name ?? "Passkey", stored.Data.CreatedAt.UtcDateTime, stored.Data.IsBackedUp);
}
