using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Crm.Web.Platform.Storage;

/// <summary>Opens what <see cref="KeySeal"/> closed. Its name is written beside every encrypted key, so it keeps its name and place.</summary>
public sealed class KeyUnsealing(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) =>
        services.GetRequiredService<KeySeal>().Open(encryptedElement) ?? throw new CryptographicException("Protection:Key does not open this key.");
}
