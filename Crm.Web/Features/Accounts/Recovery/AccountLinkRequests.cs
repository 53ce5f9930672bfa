using System.ComponentModel.DataAnnotations;
using Crm.Data;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Limits;
using Crm.Web.Platform.Outbox;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.Recovery;

/// <summary>What link somebody asks for.</summary>
public enum AccountLinkKind { ResetPassword, VerifyEmail }

/// <summary>Who they say they are.</summary>
public sealed class AccountLinkForm
{
    /// <summary>E-mail address, user name or phone number.</summary>
    [Required(ErrorMessage = "Enter your e-mail, user name or mobile number."), StringLength(256, ErrorMessage = "This is too long for a sign-in.")]
    public string Identifier { get; set; } = "";
}

/// <summary>A wish for a link, as it waits in the outbox.</summary>
sealed record AccountLinkRequest(AccountLinkKind Kind, string Identifier);

/// <summary>
/// Takes wishes for links from people who are not signed in. Nobody is looked up while they wait: the wish is written down, the same
/// for every name, and <see cref="AccountLinkChannel"/> sees to it afterwards. So neither the answer nor its time tells who has an account.
/// </summary>
public sealed class AccountLinkRequests(IDbContextFactory<CrmDbContext> contexts, OutboxWriter outbox, RateLimits limits, CurrentActor actor, TimeProvider clock)
{
    /// <summary>Writes the wish down.</summary>
    /// <returns>Done, or a complaint beside <see cref="AccountLinkForm.Identifier"/>, or <see cref="TooManyRequests"/> from this address.</returns>
    public async Task<Result<Done>> AskAsync(AccountLinkKind kind, AccountLinkForm form, CancellationToken ct)
    {
        var identifier = form.Identifier.Trim();
        if (identifier.Length == 0) return new InvalidError(nameof(form.Identifier), "Enter your e-mail, user name or mobile number.");
        if (identifier.Length > 256 || identifier.Any(char.IsControl)) return new InvalidError(nameof(form.Identifier), "This is too long for a sign-in.");
        if (await limits.TakeAsync(RateLimit.MailedLinks, actor.Address, ct) is { } tooOften) return tooOften;
        await using var db = await contexts.CreateDbContextAsync(ct);
        outbox.Post(db, AccountLinkChannel.ChannelName, $"account-link:{Guid.CreateVersion7(clock.GetUtcNow())}", new AccountLinkRequest(kind, identifier));
        await db.SaveChangesAsync(ct);
        return new Done();
    }
}
