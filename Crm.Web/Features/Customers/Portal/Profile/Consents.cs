using Crm.Data;
using Crm.Data.Customers;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Features.Customers.Portal.Profile;

/// <summary>Keeps the switches on the record and the receipts behind them in step; both are saved together by the caller.</summary>
static class Consents
{
    /// <summary>Given when registering.</summary>
    public const string Registration = "registration";

    private const string Profile = "profile";
    private static readonly ConsentChannel[] Channels = Enum.GetValues<ConsentChannel>();

    /// <summary>As <see cref="WriteAsync(CrmDbContext, Customer, ConsentChannel, bool, string, DateTime, CancellationToken)"/>, in the profile.</summary>
    public static Task WriteAsync(CrmDbContext db, Customer customer, ConsentChannel channel, bool on, DateTime now, CancellationToken ct) =>
        WriteAsync(db, customer, channel, on, Profile, now, ct);

    /// <summary>
    /// Turns a channel on or off. On gives one receipt for marketing unless an open one is there; off withdraws every open receipt of
    /// the channel, whatever it was given for.
    /// </summary>
    /// <param name="source">Where it was given.</param>
    public static async Task WriteAsync(CrmDbContext db, Customer customer, ConsentChannel channel, bool on, string source, DateTime now, CancellationToken ct)
    {
        var open = await db.ConsentReceipts.Where(r => r.CustomerId == customer.Id && r.Channel == channel && r.WithdrawnAt == null).ToListAsync(ct);
        if (!on) open.ForEach(receipt => receipt.Withdraw(now));
        else if (open.All(r => r.Purpose != ConsentPurpose.Marketing)) db.ConsentReceipts.Add(Receipt(customer.Id, channel, now, source));
        bool Is(ConsentChannel one, bool was) => one == channel ? on : was;
        customer.SetNotifications(
            Is(ConsentChannel.Email, customer.NotifyByEmail), Is(ConsentChannel.Sms, customer.NotifyBySms), Is(ConsentChannel.Push, customer.NotifyByPush));
        customer.Touch(now);
    }

    /// <summary>Every channel as its switch shows it.</summary>
    public static async Task<List<ChannelState>> ReadAsync(CrmDbContext db, Customer customer, CancellationToken ct)
    {
        var open = await db.ConsentReceipts.AsNoTracking()
            .Where(r => r.CustomerId == customer.Id && r.Purpose == ConsentPurpose.Marketing && r.WithdrawnAt == null)
            .Select(r => new { r.Channel, r.GivenAt }).ToDictionaryAsync(r => r.Channel, r => r.GivenAt, ct);
        return [.. Channels.Select(channel => new ChannelState(channel, IsOn(customer, channel), open.TryGetValue(channel, out var since) ? since : null, Missing(customer, channel)))];
    }

    /// <summary>What the channel needs first, in words.</summary>
    public static string? Missing(Customer customer, ConsentChannel channel) => channel switch
    {
        ConsentChannel.Email => customer.Email is null ? "There is no e-mail address on your record." : null,
        ConsentChannel.Sms => customer.Phone is null ? "Give us a mobile number first." : null,
        ConsentChannel.Push => null,
    };

    public static bool IsOn(Customer customer, ConsentChannel channel) => channel switch
    {
        ConsentChannel.Email => customer.NotifyByEmail,
        ConsentChannel.Sms => customer.NotifyBySms,
        ConsentChannel.Push => customer.NotifyByPush,
    };

    private static ConsentReceipt Receipt(Guid customerId, ConsentChannel channel, DateTime now, string source) => new()
    {
        CustomerId = customerId,
        Channel = channel,
        Purpose = ConsentPurpose.Marketing,
        Wording = ConsentWords.Of(channel),
        WordingVersion = ConsentWords.Version,
        Language = ConsentWords.Language,
        Source = source,
        GivenAt = now,
    };
}
