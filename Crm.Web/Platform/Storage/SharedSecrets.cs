using System.Security.Cryptography;
using System.Xml.Linq;
using Crm.Data.Settings;
using Crm.Data.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Storage;

/// <summary>
/// Secrets that all nodes must share and nobody needs to choose: made by the first node that asks, encrypted in the database by the
/// keys that sign cookies, which <see cref="KeySeal"/> encrypts in turn where a key is set.
/// </summary>
public sealed class SharedSecrets(CrmDatabase database, IDataProtectionProvider protection)
{
    /// <summary>Names of such rows begin with this; the key ring leaves them alone.</summary>
    internal const string Prefix = "secret:";

    private readonly IDataProtector protector = protection.CreateProtector("Crm.SharedSecrets");

    /// <summary>The secret of this name; random bytes when nobody has asked before.</summary>
    public async Task<byte[]> GetAsync(string name, int length, CancellationToken ct)
    {
        if (await ReadAsync(name, ct) is { } known) return known;
        await using var db = database.Open(Actor.System("secrets"));
        var made = protector.Protect(RandomNumberGenerator.GetBytes(length));
        db.DataProtectionKeys.Add(new DataProtectionKey { Name = Prefix + name, Xml = new XElement("secret", Convert.ToBase64String(made)).ToString() });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException lost) when (CrmDatabase.IsUniqueViolation(lost))
        {
            // Another node, asked at the same moment, was quicker: its secret counts.
        }
        return await ReadAsync(name, ct) ?? throw new InvalidOperationException($"The secret {name} was stored and is gone.");
    }

    private async Task<byte[]?> ReadAsync(string name, CancellationToken ct)
    {
        await using var db = database.Open(Actor.System("secrets"));
        var xml = await db.DataProtectionKeys.AsNoTracking().Where(k => k.Name == Prefix + name).Select(k => k.Xml).SingleOrDefaultAsync(ct);
        return xml is null ? null : protector.Unprotect(Convert.FromBase64String(XElement.Parse(xml).Value));
    }
}
