using System.Globalization;
using Crm.Web.Platform.ICalendar;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Web.Tests.Platform.ICalendar;

/// <summary>What is written is RFC 5545, checked by a reader of its own.</summary>
[Trait("contract", "M-145")]
public sealed class IcsWriterTests
{
    private static readonly TimeZoneInfo Toronto = TimeZoneInfo.FindSystemTimeZoneById("America/Toronto");
    private static readonly DateTime At = new(2026, 11, 20, 15, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_calendar_says_what_readers_must_know()
    {
        var calendar = Read(Event("Call"));
        Assert.Equal(("VCALENDAR", "2.0", "PUBLISH", "GREGORIAN"), (calendar.Name, calendar["VERSION"], calendar["METHOD"], calendar["CALSCALE"]));
        Assert.Equal(("Baobab Market", "PT30M"), (calendar.Text("X-WR-CALNAME"), calendar["REFRESH-INTERVAL"]));
        Assert.NotNull(calendar["PRODID"]);
        var each = Assert.Single(calendar.All("VEVENT"));
        Assert.Equal(("u1", "20261120T150000Z", "PT30M", "20261119T080000Z", "20261119T080000Z"), (each["UID"], each["DTSTART"], each["DURATION"], each["DTSTAMP"], each["LAST-MODIFIED"]));
        var alarm = Assert.Single(each.All("VALARM"));
        Assert.Equal(("DISPLAY", "PT0S", "Call"), (alarm["ACTION"], alarm["TRIGGER"], alarm.Text("DESCRIPTION")));
        Assert.Empty(calendar.All("VTIMEZONE"));
    }

    [Theory]
    [InlineData("Rice, beans; and \\ more")]
    [InlineData("First line\nsecond line")]
    [InlineData("Ọláyínká wants ọfada rice 🍚, Nkẹ́chi wants yam 🍠; Ngũgĩ wants nothing 👩🏾‍🍳 at all, thank you very much indeed 🙏🏿")]
    [InlineData("colon: and \"quotes\"")]
    [InlineData("a\\nb")]
    public void Words_come_back_as_they_were(string words)
    {
        var each = Assert.Single(Read(Event(words) with { Description = words }).All("VEVENT"));
        Assert.Equal((words, words), (each.Text("SUMMARY"), each.Text("DESCRIPTION")));
    }

    [Fact]
    public void Any_words_are_folded_within_75_octets_between_characters_and_come_back()
    {
        var pieces = Gen.Elements("a", "é", "ọ", "ẹ́", "🍠", "👩🏾‍🍳", ",", ";", "\\", "\n", " ", "字", ":");
        Prop.ForAll(pieces.ListOf().Select(p => string.Concat(p) + "x").ToArbitrary(), words =>
            Assert.Single(Read(Event(words)).All("VEVENT")).Text("SUMMARY") == words).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_repeats_is_on_the_wall_clock_of_a_zone_that_is_written_out()
    {
        var calendar = Read(Event("Weekly") with { Start = IcsStart.AtWall(new DateTime(2026, 11, 20, 10, 0, 0)), Rule = "FREQ=WEEKLY" });
        var each = Assert.Single(calendar.All("VEVENT"));
        Assert.Equal(("TZID=America/Toronto", "20261120T100000", "FREQ=WEEKLY"), (each.Lines.Single(l => l.Name == "DTSTART").Parameters, each["DTSTART"], each["RRULE"]));
        var zone = Assert.Single(calendar.All("VTIMEZONE"));
        Assert.Equal("America/Toronto", zone["TZID"]);
        Assert.Contains(zone.All("DAYLIGHT"), d => (d["DTSTART"], d["TZOFFSETFROM"], d["TZOFFSETTO"]) == ("20270314T020000", "-0500", "-0400"));
        Assert.Contains(zone.All("STANDARD"), s => (s["DTSTART"], s["TZOFFSETFROM"], s["TZOFFSETTO"]) == ("20261101T020000", "-0400", "-0500"));
    }

    [Theory]
    [InlineData("Africa/Nairobi")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("America/Toronto")]
    [InlineData("Africa/Casablanca")]
    public void A_written_zone_gives_the_offsets_of_the_real_one(string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        var calendar = IcsPart.Read(IcsWriter.Write(new IcsCalendar("x", zone, [Event("x") with { Start = IcsStart.AtWall(new DateTime(2026, 6, 1, 10, 0, 0)), Rule = "FREQ=DAILY" }])));
        var parts = Assert.Single(calendar.All("VTIMEZONE")).Parts
            .Select(p => (At: DateTime.ParseExact(p["DTSTART"]!, "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture) - Offset(p["TZOFFSETFROM"]!), To: Offset(p["TZOFFSETTO"]!))).OrderBy(p => p.At).ToList();
        for (var utc = new DateTime(2026, 1, 3, 0, 30, 0, DateTimeKind.Utc); utc.Year < 2030; utc = utc.AddHours(37))
            Assert.Equal(zone.GetUtcOffset(utc), parts.Last(p => p.At <= utc).To);
    }

    [Fact]
    public void What_is_meant_for_a_whole_day_has_no_hour()
    {
        var each = Assert.Single(Read(Event("x") with { Start = IcsStart.On(new DateOnly(2026, 12, 31)) }).All("VEVENT"));
        Assert.Equal(("VALUE=DATE", "20261231", "20270101"), (each.Lines.Single(l => l.Name == "DTSTART").Parameters, each["DTSTART"], each["DTEND"]));
        Assert.Null(each["DURATION"]);
    }

    [Fact]
    public void The_same_content_is_the_same_text() => Assert.Equal(IcsWriter.Write(Calendar(Event("x"))), IcsWriter.Write(Calendar(Event("x"))));

    private static IcsEvent Event(string words) => new("u1", IcsStart.At(At), words, At.AddDays(-1).AddHours(-7)) { Rings = true };

    private static IcsCalendar Calendar(IcsEvent each) => new("Baobab Market", Toronto, [each]);

    private static IcsPart Read(IcsEvent each) => IcsPart.Read(IcsWriter.Write(Calendar(each)));

    private static TimeSpan Offset(string text) => TimeSpan.ParseExact(text[1..], text.Length == 5 ? "hhmm" : "hhmmss", CultureInfo.InvariantCulture) * (text[0] == '-' ? -1 : 1);
}
