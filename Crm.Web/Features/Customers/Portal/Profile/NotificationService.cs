using Crm.Data;
using Crm.Data.Customers;
using Crm.Data.Storage;
using Crm.Web.Features.Settings;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers.Portal.Profile;

/// <summary>Whether the shop may write, channel by channel; each change leaves a receipt. Only ever the signed-in person's own.</summary>
public sealed class NotificationService(IDbContextFactory<CrmDbContext> contexts, OwnCustomer own, Shop shop)
{
    private const int MostTries = 3;

    /// <summary>Turns one channel on or off; asking for what is so already changes nothing.</summary>
    /// <returns>All channels as they are now, or <see cref="ChannelNotReady"/>, <see cref="NotACustomer"/>.</returns>
    public async Task<Result<IReadOnlyList<ChannelState>>> SetAsync(ConsentChannel channel, bool on, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            if ((await own.IdAsync(db, ct)).Failed(out var refusal, out var id)) return refusal;
            var customer = await db.Customers.SingleAsync(c => c.Id == id, ct);
            if (on && Consents.Missing(customer, channel) is { } missing) return new ChannelNotReady(missing);
            try
            {
                if (Consents.IsOn(customer, channel) != on)
                {
                    await Consents.WriteAsync(db, customer, channel, on, shop.Now, ct);
                    await db.SaveChangesAsync(ct);
                }
                return await Consents.ReadAsync(db, customer, ct);
            }
            catch (DbUpdateConcurrencyException) when (attempt < MostTries)
            {
                // The record was saved in between: turn the switch on the newer one.
            }
            catch (DbUpdateException lost) when (CrmDatabase.IsUniqueViolation(lost) && attempt < MostTries)
            {
                // Another window gave the same receipt first: the next look finds it.
            }
        }
    }
}
