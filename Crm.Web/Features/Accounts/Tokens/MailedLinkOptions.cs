using System.ComponentModel.DataAnnotations;
using Crm.Data.Accounts;

namespace Crm.Web.Features.Accounts.Tokens;

/// <summary>How long the links in mails work. Section <c>MailedLinks</c>.</summary>
public sealed class MailedLinkOptions
{
    /// <summary>To prove the address of a new account.</summary>
    [Range(1, 168)]
    public int VerifyHours { get; set; } = 24;

    /// <summary>To choose a new password.</summary>
    [Range(5, 1440)]
    public int ResetMinutes { get; set; } = 60;

    /// <summary>To prove the address that an account is to have.</summary>
    [Range(1, 168)]
    public int ChangeEmailHours { get; set; } = 24;

    /// <summary>To begin to work here.</summary>
    [Range(1, 90)]
    public int InvitationDays { get; set; } = 7;

    /// <summary>How long a link of this purpose works.</summary>
    public TimeSpan LifeOf(TokenPurpose purpose) => purpose switch
    {
        TokenPurpose.VerifyEmail => TimeSpan.FromHours(VerifyHours),
        TokenPurpose.ResetPassword => TimeSpan.FromMinutes(ResetMinutes),
        TokenPurpose.ChangeEmail => TimeSpan.FromHours(ChangeEmailHours),
        TokenPurpose.AcceptInvitation => TimeSpan.FromDays(InvitationDays),
    };
}
