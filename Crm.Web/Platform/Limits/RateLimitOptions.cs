using System.ComponentModel.DataAnnotations;

namespace Crm.Web.Platform.Limits;

/// <summary>How often something may be asked for in an hour. Section <c>RateLimits</c>.</summary>
public sealed class RateLimitOptions
{
    /// <summary>False switches every limit off; refused in Production.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>New accounts from one address.</summary>
    [Range(1, 1_000_000)]
    public int Registrations { get; set; } = 5;

    /// <summary>Tries to sign in from one address, right or wrong.</summary>
    [Range(1, 1_000_000)]
    public int SignIns { get; set; } = 10;

    /// <summary>Links asked for by mail, from one address and for one account.</summary>
    [Range(1, 1_000_000)]
    public int MailedLinks { get; set; } = 10;

    /// <summary>Questions for a password that somebody who is signed in gives once more, by one account.</summary>
    [Range(1, 1_000_000)]
    public int OwnPasswords { get; set; } = 20;

    /// <summary>Calls of the API without a token, from one address.</summary>
    [Range(1, 1_000_000)]
    public int Anonymous { get; set; } = 100;

    /// <summary>Calls of the API by one account.</summary>
    [Range(1, 1_000_000)]
    public int SignedIn { get; set; } = 1000;

    /// <summary>Questions that make a browser look for its passkeys, from one address: each page to sign in asks one.</summary>
    [Range(1, 1_000_000)]
    public int PasskeyQuestions { get; set; } = 100;

    /// <summary>
    /// Of IPv6 an address is a network of 64 bits. One connection often has a whole network of 48 bits, which is therefore counted as
    /// well, and may do as much as this many addresses.
    /// </summary>
    [Range(1, 1000)]
    public int HouseholdsPerSite { get; set; } = 10;

    /// <summary>Enquiries by the web form, from one address.</summary>
    [Range(1, 1_000_000)]
    public int WebForms { get; set; } = 10;

    /// <summary>Readings of calendar feeds, from one address: each person's calendar program looks every few minutes, often from one office.</summary>
    [Range(1, 1_000_000)]
    public int CalendarFeeds { get; set; } = 600;

    /// <summary>What an hour allows of this.</summary>
    public int Of(RateLimit limit) => limit switch
    {
        RateLimit.Registration => Registrations,
        RateLimit.SignIn => SignIns,
        RateLimit.MailedLinks => MailedLinks,
        RateLimit.OwnPassword => OwnPasswords,
        RateLimit.PasskeyQuestion => PasskeyQuestions,
        RateLimit.Anonymous => Anonymous,
        RateLimit.SignedIn => SignedIn,
        RateLimit.WebForm => WebForms,
        RateLimit.CalendarFeed => CalendarFeeds,
    };
}

/// <summary>What is counted.</summary>
public enum RateLimit { Registration, SignIn, MailedLinks, OwnPassword, PasskeyQuestion, Anonymous, SignedIn, WebForm, CalendarFeed }
