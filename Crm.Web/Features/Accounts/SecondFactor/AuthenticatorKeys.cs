using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Crm.Web.Features.Accounts.SecondFactor;

/// <summary>Makes the secrets that authenticators share, and writes them so that the database alone does not tell them.</summary>
public sealed class AuthenticatorKeys(IDataProtectionProvider protection)
{
    private const int Bytes = 20;

    private readonly IDataProtector protector = protection.CreateProtector("Accounts.AuthenticatorKey");

    /// <summary>A new secret of 160 bits, encrypted.</summary>
    public string Make() => Convert.ToBase64String(protector.Protect(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>The secret itself; null when it was encrypted with keys that are gone.</summary>
    public byte[]? Read(string? stored)
    {
        try
        {
            return stored is null ? null : protector.Unprotect(Convert.FromBase64String(stored));
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
