using System.Security.Cryptography;
using System.Text;
using Crm.Data;
using Crm.Data.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Accounts.SecondFactor;

/// <summary>Codes on paper, each good once, for the day when the phone is gone.</summary>
static class RecoveryCodes
{
    public const int Count = 10;

    // 120 bits: enough to be stored under a plain hash
    private const int Bytes = 15;

    /// <summary>Replaces all codes of an account in the caller's write, and gives the new ones for the only time.</summary>
    public static async Task<IReadOnlyList<string>> RenewAsync(CrmDbContext db, Guid userId, CancellationToken ct)
    {
        await RemoveAsync(db, userId, ct);
        var codes = Enumerable.Range(0, Count).Select(_ => Base32.Grouped(Base32.Encode(RandomNumberGenerator.GetBytes(Bytes)), '-')).ToList();
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { UserId = userId, Hash = Hash(code) }));
        return codes;
    }

    public static Task RemoveAsync(CrmDbContext db, Guid userId, CancellationToken ct) => db.RecoveryCodes.Where(c => c.UserId == userId).ExecuteDeleteAsync(ct);

    /// <summary>True when there was such a code, which is used up now.</summary>
    public static async Task<bool> UseAsync(CrmDbContext db, Guid userId, string typed, DateTime now, CancellationToken ct)
    {
        var hash = Hash(typed);
        return await db.RecoveryCodes.Where(c => c.UserId == userId && c.Hash == hash && c.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, now), ct) == 1;
    }

    // The digits that are not in the alphabet are misread letters.
    private static byte[] Hash(string code) => SHA256.HashData(Encoding.ASCII.GetBytes(
        [.. code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit).Select(c => c switch { '0' => 'O', '1' => 'I', '8' => 'B', _ => c })]));
}
