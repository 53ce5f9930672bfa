using Crm.Web.Ui;

namespace Crm.Web.Tests.Ui;

public sealed class LeavingTests
{
    [Fact]
    public void Who_has_left_may_still_be_asked_and_calls_everything_off()
    {
        var leaving = new Leaving();
        var before = leaving.Token;
        Assert.False(leaving.IsCancellationRequested);

        leaving.Dispose();
        leaving.Dispose();

        Assert.True(before.IsCancellationRequested);
        Assert.True(leaving.IsCancellationRequested);
        Assert.Throws<OperationCanceledException>(() => leaving.Token.ThrowIfCancellationRequested());
    }
}
