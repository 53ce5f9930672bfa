using Crm.Data;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers.Portal;

/// <summary>
/// Whose own pages these are: the customer record that belongs to the signed-in account, and never another. Every service behind
/// the portal begins here, those of other rooms too.
/// </summary>
public sealed class OwnCustomer(CurrentActor actor)
{
    /// <summary>The id of the signed-in person's customer record.</summary>
    /// <returns>The id, or <see cref="NotACustomer"/> for staff without a record and for strangers.</returns>
    public async Task<Result<Guid>> IdAsync(CrmDbContext db, CancellationToken ct)
    {
        if (actor.UserId is not { } userId) return new NotACustomer();
        var id = await db.Customers.Where(c => c.UserId == userId).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(ct);
        return id is { } own ? own : new NotACustomer();
    }
}
