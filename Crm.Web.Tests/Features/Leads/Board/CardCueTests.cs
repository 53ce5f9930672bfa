using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Board;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Clocks;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Leads.Board;

/// <summary>It is Friday 20 November, 10:00 in the shop.</summary>
public sealed class CardCueTests
{
    [Theory]
    [InlineData("2026-11-18T14:00", 0, "late alert 2 days late")]
    [InlineData("2026-11-19T05:00", 0, "late alert 1 day late")]
    [InlineData("2026-11-20T12:00", 0, "late alert 3 hours late")]
    [InlineData("2026-11-20T05:00", 0, "due bell Today")]
    [InlineData("2026-11-20T19:00", 0, "due bell Today, 14:00")]
    [InlineData("2026-11-20T19:00", 16, "due bell Today, 14:00")]
    [InlineData("2026-11-21T19:00", 0, " cal Tomorrow")]
    [InlineData("2026-11-27T19:00", 0, " cal Fri 27 Nov")]
    [InlineData("2027-01-04T19:00", 0, " cal 4 Jan 2027")]
    [InlineData("2026-11-27T19:00", 16, " cal Fri 27 Nov")]
    [InlineData(null, 16, "open flag No next step yet")]
    [InlineData(null, 3, "open flag No next step yet")]
    public async Task A_card_says_what_comes_next_or_holds_it_up(string? nextStepAt, int quietDays, string expected)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var at = nextStepAt is null ? (DateTime?)null : DateTime.SpecifyKind(DateTime.Parse(nextStepAt, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);

        var cue = CardCue.Of(Card(LeadStatus.Contacted) with { NextStepAt = at, NextStep = at is null ? null : "Call", TouchedAt = TestClock.Start.AddDays(-quietDays) }, LeadMoment.Of(shop.Get<Shop>()), shop.As(TestPeople.Agent).Get<OwnClock>());

        Assert.Equal(expected, $"{cue.Css} {cue.Icon} {cue.Text}");
    }

    [Fact]
    public async Task A_closed_card_says_since_when_and_why()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var moment = LeadMoment.Of(shop.Get<Shop>());

        Assert.Equal("Converted Thu 12 Nov", CardCue.Of(Card(LeadStatus.Converted) with { StatusSince = new DateTime(2026, 11, 12, 15, 0, 0) }, moment, shop.As(TestPeople.Agent).Get<OwnClock>()).Text);
        Assert.Equal("Closed today", CardCue.Of(Card(LeadStatus.Lost) with { LostReason = LostReason.Price }, moment, shop.As(TestPeople.Agent).Get<OwnClock>()).Text);
        Assert.Equal("Price · Came back to the wholesaler", CardWords.Line(Card(LeadStatus.Lost) with { LostReason = LostReason.Price, LostNote = "Came back to the wholesaler" }));
        Assert.Equal("Restaurant · Kwame", CardWords.Line(Card(LeadStatus.New)));
    }

    private static LeadCard Card(LeadStatus status) => new(
        Guid.Empty, 1, "Accra Grill House", "Restaurant", "Kwame", status, 0, LeadPriority.High, 5600_00,
        null, null, TestClock.Start, TestClock.Start, TestClock.Start, null, "", null, null);
}
