using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;

namespace Crm.Web.Platform.Storage;

/// <summary>Encrypts what is secret in a key of the shop by the key of <see cref="ProtectionOptions"/>: AES-256 in GCM, a new nonce each time.</summary>
public sealed class KeySeal(IOptions<ProtectionOptions> options) : IXmlEncryptor
{
    internal const int KeyBytes = 32;
    internal const string ElementName = "sealedKey";

    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private static readonly byte[] Purpose = "Crm key ring 1"u8.ToArray();

    /// <summary>Whether a key is set.</summary>
    public bool IsSet => options.Value.Key.Length > 0;

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(Close(plaintextElement), typeof(KeyUnsealing));

    /// <summary>The element, encrypted.</summary>
    internal XElement Close(XElement secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret.ToString(SaveOptions.DisableFormatting));
        var box = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = box.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(Convert.FromBase64String(options.Value.Key), TagBytes);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), Purpose);
        return new XElement(ElementName, Convert.ToBase64String(box));
    }

    /// <summary>What was encrypted, or null when neither key opens it.</summary>
    internal XElement? Open(XElement closed) => OpenBy(options.Value.Key, closed) ?? OpenBy(options.Value.FormerKey, closed);

    /// <summary>Whether the key of today opens it, not only the former one.</summary>
    internal bool IsCurrent(XElement closed) => OpenBy(options.Value.Key, closed) is not null;

    private static XElement? OpenBy(string key, XElement closed)
    {
        if (key.Length == 0) return null;
        try
        {
            var box = Convert.FromBase64String(closed.Value);
            if (box.Length < NonceBytes + TagBytes) return null;
            var plain = new byte[box.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(Convert.FromBase64String(key), TagBytes);
            aes.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), plain, Purpose);
            return XElement.Parse(Encoding.UTF8.GetString(plain));
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
