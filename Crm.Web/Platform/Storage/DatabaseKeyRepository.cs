using System.Xml.Linq;
using Crm.Data.Settings;
using Crm.Data.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Platform.Storage;

/// <summary>
/// Keeps the keys that sign cookies in the database: they outlive a restart and every node has them. Encrypted where
/// <see cref="ProtectionOptions.Key"/> is set, since they open what lies beside them.
/// </summary>
sealed class DatabaseKeyRepository(CrmDatabase database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = database.Open(Actor.System("keys"));
        return [.. db.DataProtectionKeys.AsNoTracking().Where(k => !k.Name.StartsWith(SharedSecrets.Prefix)).Select(k => k.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName) => StoreAsync(element, friendlyName).GetAwaiter().GetResult();

    private async Task StoreAsync(XElement element, string friendlyName)
    {
        await using var db = database.Open(Actor.System("keys"));
        db.DataProtectionKeys.Add(new DataProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        await db.SaveChangesAsync();
    }
}
