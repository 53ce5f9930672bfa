namespace Crm.Web.Features.Accounts.Passkeys;

/// <summary>One passkey in its owner's list.</summary>
/// <param name="Id">Base64url of the credential's id.</param>
/// <param name="IsSynced">It lives in a password manager or a cloud, not on one device alone.</param>
public sealed record PasskeyRow(string Id, string Name, DateTime AddedAt, bool IsSynced);
