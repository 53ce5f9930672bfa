using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Messaging.Mails;

/// <summary>One mail of every kind, to a name with every mark.</summary>
static class MailSamples
{
    private const string Name = "Ọláyínká";
    private static readonly DateTime At = TestClock.Start;

    public static readonly Mail[] All =
    [
        new VerifyEmailMail(Name, "/verify-email?token=a%2Bb&x=1", 24),
        new WelcomeMail(Name, "/me"),
        new PasswordResetMail(Name, "/reset-password?token=abc", 60),
        new PasswordChangedMail(Name, At, "Firefox on Android", "/forgot-password"),
        new EmailMovedAwayMail(Name, "new.address@example.org", At, "/me/profile"),
        new EmailMovedHereMail(Name, "old@example.org", At, "/me/profile"),
        new ConfirmNewEmailMail(Name, "/confirm-email?token=abc", 24),
        new NewSignInMail(Name, At, "Chrome on Windows", "203.0.113.7", "/account/sessions"),
        new SecurityChangedMail(Name, SecurityChange.TwoFactorOff, At, "/account/security"),
        new StaffInvitationMail(Name, "Efua Asante", "Manager", "/accept-invitation?token=abc", 72),
        new AccountExistsMail(Name, "/sign-in", "/forgot-password"),
        new DeletionAskedMail(Name, At, "/account"),
        new StaleDigestMail(Name, "17", "2", [new("Accra Grill House", "Contacted, untouched for 3 weeks, Ama Boakye", "/leads/1")], "/leads?when=stale", "/settings/pipeline"),
        new ReminderDueMail(Name, "Send the price list", "Accra Grill House", "Ask about plantain, too.", At, "/leads"),
    ];

    public static TheoryData<string> Kinds => [.. All.Select(m => m.GetType().Name)];

    public static Mail Of(string kind) => All.Single(m => m.GetType().Name == kind);
}
