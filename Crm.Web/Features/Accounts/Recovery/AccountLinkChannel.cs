using Crm.Data;
using Crm.Data.Accounts;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Email;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Outbox;
using Crm.Web.Platform.Phones;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Recovery;

/// <summary>Sees to the wishes for links: finds the account, if there is one, and posts the mail to its own address.</summary>
sealed class AccountLinkChannel(CrmDatabase database, OneTimeTokens tokens, Mailer mailer, RateLimits limits, Shop shop) : IOutboxChannel
{
    public const string ChannelName = "account-link";

    public string Name => ChannelName;

    public string? WhyNotReady => null;

    public async Task SendAsync(OutboxDelivery delivery, CancellationToken ct)
    {
        var request = delivery.Read<AccountLinkRequest>();
        await using var db = database.Open(Actor.System("account links"));
        if (await FindAsync(db, request, ct) is not { } userId) return;
        // However many addresses ask, nobody's mailbox is filled.
        if (delivery.Attempt == 1 && await limits.TakeAsync(RateLimit.MailedLinks, userId.ToString(), ct) is not null) return;

        await using var write = await db.BeginWriteAsync(ct);
        var user = await db.Users.SingleAsync(u => u.Id == userId, ct);
        if (request.Kind is AccountLinkKind.ResetPassword) await SendResetAsync(db, user, ct);
        else if (!user.EmailConfirmed) await EmailVerification.SendAsync(db, user, tokens, mailer, ct);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }

    // By e-mail before user name before phone number, as signing in does. Nobody who was switched off. An account without a password
    // gets its first by the link to reset it, unless it was invited: then by the invitation alone.
    private async Task<Guid?> FindAsync(CrmDbContext db, AccountLinkRequest request, CancellationToken ct)
    {
        var (identifier, first) = (request.Identifier, request.Kind is AccountLinkKind.ResetPassword);
        var name = identifier.Trim().Normalize().ToUpperInvariant();
        var phone = PhoneNumber.TryParse(identifier, shop.Settings.Country, out var e164) ? e164 : null;
        var found = await db.Users.AsNoTracking()
            .Where(u => (u.NormalizedEmail == name || u.NormalizedUserName == name || (phone != null && u.PhoneNumber == phone)) && u.IsActive && u.Email != null
                && (u.PasswordHash != null || (first && !db.OneTimeTokens.Any(t => t.UserId == u.Id && t.Purpose == TokenPurpose.AcceptInvitation))))
            .Take(3).Select(u => new { u.Id, u.NormalizedEmail, u.NormalizedUserName }).ToListAsync(ct);
        return found.MinBy(u => u.NormalizedEmail == name ? 0 : u.NormalizedUserName == name ? 1 : 2)?.Id;
    }

    private async Task SendResetAsync(CrmDbContext db, User user, CancellationToken ct)
    {
        var token = await tokens.IssueAsync(db, user.Id, TokenPurpose.ResetPassword, user.Email!, ct);
        mailer.Post(db, $"password-reset:{token.Id}", user.Email!, user.DisplayName, new PasswordResetMail(user.FirstName, AccountLinks.Reset(token.Secret), (int)token.Life.TotalMinutes));
    }
}
