using Bunit;
using Crm.Data.Bulk;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.List;
using Crm.Web.Platform.Bulk;
using Crm.Web.Platform.Live;
using Crm.Web.Platform.Undo;
using Crm.Web.Tests.Ground;
using Microsoft.AspNetCore.Components;

namespace Crm.Web.Tests.Features.Leads.List;

public sealed class LeadRunsTests : BunitContext
{
    [Fact]
    [Trait("contract", "M-131")]
    public async Task A_run_that_ended_a_moment_ago_is_still_told_of_after_a_reload_until_it_is_taken_back()
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var desk = shop.As(TestPeople.Manager);
        await shop.LeadAsync("Mama Nkechi");
        var run = (await desk.Get<LeadBulk>().StartAsync(new LeadSelection(new LeadFilter(), null), new LeadDeed(LeadDeedKind.Priority, Priority: LeadPriority.High), CancellationToken.None)).Value;
        await shop.Get<BulkWorker>().WorkDueAsync(CancellationToken.None);
        Services.AddSingleton(desk.Get<BulkRuns>()).AddSingleton(shop.Get<ChangeFeed>()).AddSingleton<TimeProvider>(shop.Clock);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));

        Assert.Equal(1, await ShownAsync());
        shop.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(0, await ShownAsync());
        shop.Clock.Advance(TimeSpan.FromMinutes(-6));
        Assert.Equal(1, (await desk.Get<UndoService>().UndoAsync(run, new HashSet<Guid>(), CancellationToken.None)).Value.Restored);
        Assert.True((await desk.Get<BulkRuns>().FindAsync(run, CancellationToken.None)).Value is { State: BulkState.Finished, IsUndone: true });
        Assert.Equal(0, await ShownAsync());

        async Task<int> ShownAsync()
        {
            var page = Render<LeadRuns>();
            await page.InvokeAsync(() => Task.CompletedTask);
            return page.FindAll(".run").Count;
        }
    }
}
