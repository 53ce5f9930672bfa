using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers;

/// <summary>What an account's address tells about the record of its customer.</summary>
static class AccountAddress
{
    /// <summary>The account was given an address that nobody has proved: its record counts as verified no more. In the caller's transaction.</summary>
    public static async Task UnproveAsync(CrmDbContext db, Guid userId, DateTime now, CancellationToken ct)
    {
        if (await db.Customers.SingleOrDefaultAsync(c => c.UserId == userId, ct) is not { IsVerified: true } customer) return;
        customer.SetVerified(false);
        customer.Touch(now);
    }
}
