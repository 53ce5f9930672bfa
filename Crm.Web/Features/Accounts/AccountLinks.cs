namespace Crm.Web.Features.Accounts;

/// <summary>Where the links in mails lead: paths of this shop.</summary>
static class AccountLinks
{
    public const string SignIn = "/account/sign-in";
    public const string Register = "/account/register";
    public const string Forgot = "/account/forgot";
    public const string Deletion = "/account/delete";

    public static string Verify(string secret) => $"/account/verify?token={secret}";
    public static string Reset(string secret) => $"/account/reset?token={secret}";
    public static string Invitation(string secret) => $"/account/invitation?token={secret}";
    public static string ConfirmEmail(string secret) => $"/account/email/confirm?token={secret}";
}
