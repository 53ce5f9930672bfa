using System.Text.Json;
using Crm.Data;
using Crm.Web.Features.Messaging.Mails;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Ground;

/// <summary>
/// The mails that were posted and wait to be sent; tests send none, so whoever wants the link of a mail finds it here:
/// <c>(await TestMail.LastToAsync&lt;VerifyEmailMail&gt;(db, "achieng@example.com"))!.Link</c>.
/// </summary>
public static class TestMail
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Oldest first.</summary>
    public static async Task<IReadOnlyList<MailEnvelope>> WaitingAsync(CrmDbContext db)
    {
        var bodies = await db.OutboxMessages.AsNoTracking().Where(m => m.Channel == Mailer.Channel && m.Body != "").OrderBy(m => m.Id).Select(m => m.Body).ToListAsync();
        return [.. bodies.Select(body => JsonSerializer.Deserialize<MailEnvelope>(body, Json)!)];
    }

    /// <summary>The newest mail of a kind to an address, or null.</summary>
    public static async Task<TMail?> LastToAsync<TMail>(CrmDbContext db, string email)
        where TMail : Mail =>
        (await WaitingAsync(db)).Where(m => m.ToEmail == email).Select(m => m.Mail).OfType<TMail>().LastOrDefault();
}
