using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace Crm.Web.Tests.Features.Accounts.Passkeys;

/// <summary>Arranges a passkey that no device has.</summary>
static class SomePasskey
{
    public static IdentityUserPasskey<Guid> Of(Guid userId, string name) => new()
    {
        UserId = userId,
        CredentialId = RandomNumberGenerator.GetBytes(32),
        Data = new() { Name = name, PublicKey = [1, 2, 3], CreatedAt = TestClockStart, Transports = ["internal"], AttestationObject = [4], ClientDataJson = [5] },
    };

    private static DateTimeOffset TestClockStart => new(Ground.TestClock.Start);
}
