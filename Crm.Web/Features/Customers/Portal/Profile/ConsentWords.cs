using Crm.Data.Customers;

namespace Crm.Web.Features.Customers.Portal.Profile;

/// <summary>
/// The exact words beside each switch, which every receipt keeps. Whoever changes a word gives the words a new version; receipts of
/// older versions stay as they are.
/// </summary>
public static class ConsentWords
{
    public const string Version = "2026-11";
    public const string Language = "en";

    /// <summary>What a switch that is on agrees to.</summary>
    public static string Of(ConsentChannel channel) => channel switch
    {
        ConsentChannel.Email => "You may e-mail me about offers, fresh arrivals and my points. I can stop at any time.",
        ConsentChannel.Sms => "You may text me about offers, fresh arrivals and my points. I can stop at any time.",
        ConsentChannel.Push => "You may show me notices about offers, fresh arrivals and my points. I can stop at any time.",
    };

    public static string Label(ConsentChannel channel) => channel switch
    {
        ConsentChannel.Email => "E-mail",
        ConsentChannel.Sms => "SMS",
        ConsentChannel.Push => "Push notices",
    };
}
