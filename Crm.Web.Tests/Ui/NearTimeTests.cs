using System.Globalization;
using Crm.Web.Ui;

namespace Crm.Web.Tests.Ui;

public class NearTimeTests
{
    [Theory]
    [InlineData("2026-11-20T14:00", "Today, 14:00")]
    [InlineData("2026-11-21T14:00", "Tomorrow, 14:00")]
    [InlineData("2026-11-27T14:00", "Fri 27 Nov, 14:00")]
    [InlineData("2026-11-27T00:00", "Fri 27 Nov")]
    [InlineData("2027-03-14T09:30", "14 Mar 2027, 09:30")]
    [InlineData("2027-03-14T00:00", "14 Mar 2027")]
    [InlineData("2026-11-16T09:30", "Mon 16 Nov, 09:30")]
    public void What_is_due_says_its_hour_however_far_off_it_is(string at, string words) =>
        Assert.Equal(words, NearTime.Due(DateTime.Parse(at, CultureInfo.InvariantCulture), new DateTime(2026, 11, 20, 10, 0, 0)));
}
