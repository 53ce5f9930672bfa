using Crm.Web.Platform.Live;

namespace Crm.Web.Tests.Platform.Live;

public sealed class OneCopyTests
{
    [Fact]
    public void Equal_values_are_one_object_and_it_begins_anew_when_it_is_full()
    {
        var copies = new OneCopy<string>(mostKept: 2);
        var (first, same) = (new string("yam"), new string("yam"));

        Assert.Same(first, copies.Of(first));
        Assert.Same(first, copies.Of(same));
        copies.Of("rice");
        copies.Of("goat"); // the third
        Assert.Same(same, copies.Of(same));
    }
}
