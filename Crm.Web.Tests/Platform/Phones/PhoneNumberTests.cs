using Crm.Web.Platform.Phones;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Web.Tests.Platform.Phones;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("0722 123 456", "KE", "+254722123456")]
    [InlineData("722123456", "KE", "+254722123456")]
    [InlineData("0110-123-456", "KE", "+254110123456")]
    [InlineData("020 271 2345", "KE", "+254202712345")]
    [InlineData("254722123456", "KE", "+254722123456")]
    [InlineData("+254-722-123-456", "CA", "+254722123456")]
    [InlineData("254 722 123 456", "CA", "+254722123456")]
    [InlineData("+254 0722 123 456", "CA", "+254722123456")]
    [InlineData("000 1 416 555 0134", "KE", "+14165550134")]
    [InlineData("024 412 3456", "GH", "+233244123456")]
    [InlineData("00233 24 412 3456", "GH", "+233244123456")]
    [InlineData("0803 123 4567", "NG", "+2348031234567")]
    [InlineData("01 234 5678", "NG", "+23412345678")]
    [InlineData("009 44 20 7946 0958", "NG", "+442079460958")]
    [InlineData("876-555-0103", "JM", "+18765550103")]
    [InlineData("555-0103", "JM", "+18765550103")]
    [InlineData("(868) 622-1234", "TT", "+18686221234")]
    [InlineData("622 1234", "TT", "+18686221234")]
    [InlineData("(416) 555-0134", "CA", "+14165550134")]
    [InlineData("1-416-555-0134", "CA", "+14165550134")]
    [InlineData("416.555.0134", "US", "+14165550134")]
    [InlineData("011 44 20 7946 0958", "CA", "+442079460958")]
    [InlineData("34 10 22 55", "HT", "+50934102255")]
    [InlineData("+509 3410 2255", "CA", "+50934102255")]
    [InlineData("0911 23 45 67", "ET", "+251911234567")]
    [InlineData("77 123 45 67", "SN", "+221771234567")]
    [InlineData("+221 77 123 45 67", "CA", "+221771234567")]
    [InlineData("020 7946 0958", "GB", "+442079460958")]
    [InlineData("+44 (0)20 7946 0958", "CA", "+442079460958")]
    [InlineData("06 12 34 56 78", "FR", "+33612345678")]
    [InlineData("+33 6 00 00 00 00", "CA", "+33600000000")]
    [InlineData("14165550134", "KE", "+14165550134")]
    [InlineData("06 123 4567", "IT", "+39061234567")]
    [InlineData("071 234 5678", "ZA", "+27712345678")]
    [InlineData("'+14165550101", "CA", "+14165550101")]
    [InlineData("tel:+1-418-262-6501", "CA", "+14182626501")]
    [InlineData("\u202a+1\u00a0416\u2011555\u20110134\u202c", "KE", "+14165550134")]
    [InlineData("٠٧٢٢١٢٣٤٥٦", "KE", "+254722123456")]
    [InlineData("+358 40 1234567", "CA", "+358401234567")]
    public void A_number_becomes_one_form_however_it_is_written(string typed, string country, string expected)
    {
        Assert.True(PhoneNumber.TryParse(typed, country, out var e164));
        Assert.Equal(expected, e164);
    }

    [Theory]
    [InlineData(null, "CA")]
    [InlineData("", "CA")]
    [InlineData("   ", "CA")]
    [InlineData("ask Mama", "CA")]
    [InlineData("BusinessPhone", "CA")]
    [InlineData("555-0134", "CA")]
    [InlineData("416 555 0134 ext. 12", "CA")]
    [InlineData("416-555-01345", "CA")]
    [InlineData("(116) 555-0134", "CA")]
    [InlineData("416-155-0134", "CA")]
    [InlineData("0722 123 45", "GH")]
    [InlineData("07221234567", "KE")]
    [InlineData("+254 722 123 4567", "CA")]
    [InlineData("+1 416 555 013", "KE")]
    [InlineData("+0 416 555 0134", "CA")]
    [InlineData("++14165550134", "CA")]
    [InlineData("4165+550134", "CA")]
    [InlineData("+1234567890123456", "CA")]
    [InlineData("1234567", "XX")]
    [InlineData("0", "KE")]
    [InlineData("+", "KE")]
    public void What_is_no_whole_number_is_not_taken(string? typed, string country)
    {
        Assert.False(PhoneNumber.TryParse(typed, country, out var e164));
        Assert.Null(e164);
    }

    [Theory]
    [InlineData("+14165550134", null, "+1 416-555-0134")]
    [InlineData("+14165550134", "CA", "(416) 555-0134")]
    [InlineData("+18765550103", "CA", "(876) 555-0103")]
    [InlineData("+14165550134", "KE", "+1 416-555-0134")]
    [InlineData("+254722123456", "CA", "+254 722 123 456")]
    [InlineData("+254722123456", "KE", "0722 123 456")]
    [InlineData("+233244123456", null, "+233 24 412 3456")]
    [InlineData("+2348031234567", null, "+234 803 123 4567")]
    [InlineData("+50934102255", null, "+509 3410 2255")]
    [InlineData("+221771234567", null, "+221 77 123 45 67")]
    [InlineData("+33612345678", null, "+33 6 12 34 56 78")]
    [InlineData("+442079460958", null, "+44 2079 460958")]
    [InlineData("+25420271234", null, "+254 202 712 34")]
    [InlineData("+358401234567", null, "+358401234567")]
    [InlineData(null, null, "")]
    public void A_number_reads_as_its_country_writes_it(string? e164, string? home, string expected) =>
        Assert.Equal(expected, PhoneNumber.Format(e164, home));

    [Fact]
    public void Every_taken_number_of_the_table_is_read_back_from_how_it_is_shown()
    {
        foreach (var country in PhoneCountries.All)
        {
            for (var length = country.Shortest; length <= country.Longest; length++)
            {
                var national = (country.Area.FirstOrDefault() ?? "") + "7234567891234"[..(length - (country.Area.FirstOrDefault()?.Length ?? 0))];
                var e164 = $"+{country.Calling}{national}";
                Assert.True(PhoneNumber.TryParse(e164, "CA", out var taken), e164);
                Assert.Equal(e164, taken);
                Assert.True(PhoneNumber.TryParse(PhoneNumber.Format(e164), "KE", out var shown), PhoneNumber.Format(e164));
                Assert.Equal(e164, shown);
                Assert.True(PhoneNumber.TryParse(PhoneNumber.Format(e164, country.Code), country.Code, out var home), $"{country.Code} {PhoneNumber.Format(e164, country.Code)}");
                Assert.Equal(e164, home);
            }
        }
    }

    [Fact]
    public void Whatever_is_typed_a_taken_number_is_E164_and_taken_again_as_itself() => Prop.ForAll(
        ArbMap.Default.ArbFor<string>(), ArbMap.Default.GeneratorFor<int>().Select(n => PhoneCountries.All[Math.Abs(n % PhoneCountries.All.Count)].Code).ToArbitrary(),
        (text, country) =>
        {
            if (!PhoneNumber.TryParse(text, country, out var e164)) return true;
            return e164.Length is >= 8 and <= 16 && e164[0] == '+' && e164[1..].All(char.IsAsciiDigit)
                && PhoneNumber.TryParse(e164, "CA", out var again) && again == e164;
        }).QuickCheckThrowOnFailure();
}
