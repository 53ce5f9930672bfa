using System.Xml.Linq;
using Crm.Data.Storage;
using Crm.Web.Platform.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Storage;

/// <summary>
/// Looks at the stored keys before the shop opens: all of them must be readable, and what still lies open, or under a former key, is
/// encrypted (docs/decisions/0024-keys-are-encrypted-by-a-setting.md).
/// </summary>
public sealed class StoredKeys(CrmDatabase database, KeySeal seal, IHostEnvironment environment)
{
    // as the framework writes them
    private static readonly XNamespace Framework = "http://schemas.asp.net/2015/03/dataProtection";
    private static readonly XName Encrypted = Framework + "encryptedSecret";
    private static readonly XName IsSecret = Framework + "requiresEncryption";

    /// <exception cref="StartException">A key cannot be read with the settings given.</exception>
    public async Task PrepareAsync(CancellationToken ct)
    {
        await using var db = database.Open(Actor.System("keys"));
        var keys = await db.DataProtectionKeys.AsNoTracking().Where(k => !k.Name.StartsWith(SharedSecrets.Prefix)).ToListAsync(ct);
        foreach (var key in keys)
        {
            var xml = XElement.Parse(key.Xml);
            if (!SealAnew(xml)) continue;
            var written = xml.ToString(SaveOptions.DisableFormatting);
            await db.DataProtectionKeys.Where(k => k.Id == key.Id).ExecuteUpdateAsync(set => set.SetProperty(k => k.Xml, written), ct);
        }
    }

    /// <summary>One line for whoever runs the shop for real without a key, else null.</summary>
    public string? Warning => environment.IsProduction() && !seal.IsSet
        ? "Warning: keys lie unencrypted in the database. Set CRM__Protection__Key to 32 random bytes in base64 (openssl rand -base64 32)."
        : null;

    private bool SealAnew(XElement key)
    {
        var changed = false;
        foreach (var closed in key.Descendants(Encrypted).Elements(KeySeal.ElementName).ToList())
        {
            var secret = seal.Open(closed) ?? throw new StartException(seal.IsSet
                ? "Protection:Key does not open the keys in the database. Give the one that they were encrypted with, as FormerKey if it has changed."
                : "the keys in the database are encrypted and no Protection:Key is set. Give the one that they were encrypted with.");
            if (seal.IsCurrent(closed)) continue;
            closed.ReplaceWith(seal.Close(secret));
            changed = true;
        }
        if (!seal.IsSet) return changed;
        foreach (var open in key.Descendants().Where(e => e.Attribute(IsSecret) is not null).ToList())
        {
            open.ReplaceWith(new XElement(Encrypted, new XAttribute("decryptorType", typeof(KeyUnsealing).AssemblyQualifiedName!), seal.Close(open)));
            changed = true;
        }
        return changed;
    }
}
