using System.Text.Json.Serialization;

namespace Crm.Web.Features.Messaging.Mails;

/// <summary>
/// What a mail says, as plain values: its words are in Templates/LANGUAGE/NAME.html and .txt, by the name given here.
/// Links are paths of this shop, such as "/reset-password?token=…"; the mail makes them absolute.
/// </summary>
/// <param name="Name">How the mail greets, usually the first name; empty greets without one.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "mail")]
[JsonDerivedType(typeof(VerifyEmailMail), "verify-email")]
[JsonDerivedType(typeof(WelcomeMail), "welcome")]
[JsonDerivedType(typeof(PasswordResetMail), "password-reset")]
[JsonDerivedType(typeof(PasswordChangedMail), "password-changed")]
[JsonDerivedType(typeof(EmailMovedAwayMail), "email-moved-away")]
[JsonDerivedType(typeof(EmailMovedHereMail), "email-moved-here")]
[JsonDerivedType(typeof(ConfirmNewEmailMail), "confirm-new-email")]
[JsonDerivedType(typeof(NewSignInMail), "new-sign-in")]
[JsonDerivedType(typeof(SecurityChangedMail), "security-changed")]
[JsonDerivedType(typeof(StaffInvitationMail), "staff-invitation")]
[JsonDerivedType(typeof(AccountExistsMail), "account-exists")]
[JsonDerivedType(typeof(DeletionAskedMail), "deletion-asked")]
[JsonDerivedType(typeof(ReminderDueMail), "reminder-due")]
[JsonDerivedType(typeof(StaleDigestMail), "stale-digest")]
public abstract record Mail(string Name)
{
    /// <summary>How long its secret link works, from when it was posted; null where no link is secret.</summary>
    [JsonIgnore] public virtual TimeSpan? Life => null;

    /// <summary>IANA name of the zone in which its instants are written; null is the shop's.</summary>
    [JsonIgnore] public virtual string? ByZone => null;

    /// <summary>The same without its secret link.</summary>
    public virtual Mail WithoutSecret() => this;
}

/// <summary>After registering: proves the address.</summary>
/// <param name="Hours">How long the link works.</param>
public sealed record VerifyEmailMail(string Name, string Link, int Hours) : Mail(Name)
{
    public override TimeSpan? Life => TimeSpan.FromHours(Hours);
    public override Mail WithoutSecret() => this with { Link = "" };
}

/// <summary>After registering, or after the address was proved.</summary>
/// <param name="Link">Where to begin.</param>
public sealed record WelcomeMail(string Name, string Link) : Mail(Name);

/// <summary>Somebody forgot the password, and asked for this.</summary>
/// <param name="Minutes">How long the link works.</param>
public sealed record PasswordResetMail(string Name, string Link, int Minutes) : Mail(Name)
{
    public override TimeSpan? Life => TimeSpan.FromMinutes(Minutes);
    public override Mail WithoutSecret() => this with { Link = "" };
}

/// <summary>The password is another one now.</summary>
/// <param name="At">UTC.</param>
/// <param name="Device">For example "Firefox on Android"; null when unknown.</param>
/// <param name="Link">To ask for a new password, if it was somebody else.</param>
public sealed record PasswordChangedMail(string Name, DateTime At, string? Device, string Link) : Mail(Name);

/// <summary>To the old address: the account has another one now.</summary>
/// <param name="At">UTC.</param>
public sealed record EmailMovedAwayMail(string Name, string NewEmail, DateTime At, string Link) : Mail(Name)
{
    [JsonIgnore] public string NewEmailMasked => MaskedEmail.Of(NewEmail);
}

/// <summary>To the new address: the account has this one now.</summary>
/// <param name="At">UTC.</param>
public sealed record EmailMovedHereMail(string Name, string OldEmail, DateTime At, string Link) : Mail(Name)
{
    [JsonIgnore] public string OldEmailMasked => MaskedEmail.Of(OldEmail);
}

/// <summary>To an address that somebody wants for their account: proves it.</summary>
/// <param name="Hours">How long the link works.</param>
public sealed record ConfirmNewEmailMail(string Name, string Link, int Hours) : Mail(Name)
{
    public override TimeSpan? Life => TimeSpan.FromHours(Hours);
    public override Mail WithoutSecret() => this with { Link = "" };
}

/// <summary>Somebody signed in from a device that the account did not know.</summary>
/// <param name="At">UTC.</param>
/// <param name="Link">To the list of sessions, or to a new password.</param>
public sealed record NewSignInMail(string Name, DateTime At, string Device, string? Ip, string Link) : Mail(Name);

/// <summary>A means of signing in was added or taken away.</summary>
/// <param name="At">UTC.</param>
public sealed record SecurityChangedMail(string Name, SecurityChange Change, DateTime At, string Link) : Mail(Name);

/// <summary>What <see cref="SecurityChangedMail"/> tells of.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SecurityChange>))]
public enum SecurityChange { TwoFactorOn, TwoFactorOff, TwoFactorReset, RecoveryCodesMade, RecoveryCodeUsed, PasskeyAdded, PasskeyRemoved }

/// <summary>Somebody is asked to work here.</summary>
/// <param name="InvitedBy">A colleague's name.</param>
/// <param name="Role">In words.</param>
/// <param name="Hours">How long the link works.</param>
public sealed record StaffInvitationMail(string Name, string InvitedBy, string Role, string Link, int Hours) : Mail(Name)
{
    public override TimeSpan? Life => TimeSpan.FromHours(Hours);
    public override Mail WithoutSecret() => this with { Link = "" };
}

/// <summary>Somebody registered with an address that has an account: told to its owner alone.</summary>
public sealed record AccountExistsMail(string Name, string SignInLink, string ResetLink) : Mail(Name);

/// <summary>Somebody asked for their account to be deleted.</summary>
/// <param name="At">UTC.</param>
/// <param name="Link">To take it back.</param>
public sealed record DeletionAskedMail(string Name, DateTime At, string Link) : Mail(Name);

/// <summary>Something that somebody planned for a lead is due.</summary>
/// <param name="Lead">Its name.</param>
/// <param name="Due">UTC.</param>
/// <param name="Link">To the lead.</param>
/// <param name="Zone">IANA name, of whoever reads it; null is the shop's.</param>
public sealed record ReminderDueMail(string Name, string Title, string Lead, string? Details, DateTime Due, string Link, string? Zone = null) : Mail(Name)
{
    [JsonIgnore] public override string? ByZone => Zone;
}

/// <summary>A line of a list in a mail, such as a lead.</summary>
/// <param name="Note">Smaller, below it.</param>
public sealed record MailLine(string Text, string Note, string Link);

/// <summary>Once a week to the owner: leads that nobody worked on for too long.</summary>
/// <param name="Count">How many there are, written out, and <paramref name="More"/> how many are not among <paramref name="Leads"/>; empty for none.</param>
/// <param name="Link">To all of them.</param>
public sealed record StaleDigestMail(string Name, string Count, string More, IReadOnlyList<MailLine> Leads, string Link, string SettingsLink) : Mail(Name);
