using System.ComponentModel.DataAnnotations;

namespace Crm.Web.Platform.Storage;

/// <summary>What encrypts the shop's own keys in its database; it lies outside of it. Section <c>Protection</c>.</summary>
public sealed class ProtectionOptions : IValidatableObject
{
    /// <summary>32 random bytes in base64, the same for every node; empty leaves the keys readable for whoever reads the database.</summary>
    public string Key { get; set; } = "";

    /// <summary>What <see cref="Key"/> was before, while it is being changed: the next start encrypts anew what this one opens.</summary>
    public string FormerKey { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsKey(Key)) yield return new("must be 32 random bytes in base64, as \"openssl rand -base64 32\" makes them.", [nameof(Key)]);
        if (!IsKey(FormerKey)) yield return new("must be 32 bytes in base64, as Key was.", [nameof(FormerKey)]);
        else if (FormerKey.Length > 0 && Key.Length == 0) yield return new("is given without a Key.", [nameof(FormerKey)]);
    }

    private static bool IsKey(string text)
    {
        var bytes = new byte[KeySeal.KeyBytes + 1];
        return text.Length == 0 || (Convert.TryFromBase64String(text, bytes, out var length) && length == KeySeal.KeyBytes);
    }
}
