namespace Crm.Web.Features.Accounts.Email;

/// <summary>The password of the account whose address is proved, from whoever is not signed in to it.</summary>
public sealed class VerificationForm
{
    public string? Password { get; set; }
}
