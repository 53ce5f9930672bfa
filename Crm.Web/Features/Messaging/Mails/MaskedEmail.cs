namespace Crm.Web.Features.Messaging.Mails;

/// <summary>An address that its owner recognises and nobody else can use: "o…a@example.com".</summary>
static class MaskedEmail
{
    public static string Of(string email)
    {
        var at = email.LastIndexOf('@');
        return at < 1 ? "…" : at < 3 ? $"{email[0]}…{email[at..]}" : $"{email[0]}…{email[at - 1]}{email[at..]}";
    }
}
