using Crm.Data.Storage;
using Crm.Web.Features.Leads.Opportunities;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Opportunities;

[Trait("contract", "M-138")]
public sealed class StageServiceTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task The_owner_names_weighs_orders_and_adds_stages(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var service = shop.As(TestPeople.Owner).Get<StageService>();
        var stages = await shop.StagesAsync();

        Assert.Null((await service.AddAsync(new StageEdit { Name = " Tasting ", Percent = 40 }, Ct)).Error);
        Assert.Null((await service.EditAsync(stages[0].Id, new StageEdit { Name = "Asked", Percent = 5 }, Ct)).Error);
        Assert.Null((await service.EditAsync(stages[4].Id, new StageEdit { Name = "Sold", Percent = 5 }, Ct)).Error);
        Assert.Null((await service.ShiftAsync(stages[1].Id, -1, Ct)).Error);

        Assert.Equal([("Qualified", 3000), ("Asked", 500), ("Proposal", 5000), ("Negotiation", 7000), ("Tasting", 4000), ("Sold", 10_000), ("Lost", 0)], (await shop.StagesAsync()).Select(s => (s.Name, s.ProbabilityBasisPoints)));
        Assert.Equal("Name", Assert.IsType<InvalidError>((await service.AddAsync(new StageEdit { Name = "qualified", Percent = 1 }, Ct)).Error).Field);
        Assert.Equal("Name", Assert.IsType<InvalidError>((await service.AddAsync(new StageEdit { Percent = 1 }, Ct)).Error).Field);
        Assert.Equal("Percent", Assert.IsType<InvalidError>((await service.AddAsync(new StageEdit { Name = "X", Percent = 101 }, Ct)).Error).Field);
        Assert.IsType<StageNotFound>((await service.ShiftAsync(Guid.CreateVersion7(), 1, Ct)).Error);
        while ((await shop.StagesAsync()).Count < StageService.Most) Assert.Null((await service.AddAsync(new StageEdit { Name = $"Step {Guid.CreateVersion7():N}" }, Ct)).Error);
        Assert.IsType<ConflictError>((await service.AddAsync(new StageEdit { Name = "One more" }, Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_stage_goes_only_when_empty_or_its_deals_are_moved_and_both_ends_stay(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var service = shop.As(TestPeople.Owner).Get<StageService>();
        var stages = await shop.StagesAsync();
        var there = await shop.DealAsync("There", 2, "10");
        var first = await shop.DealAsync("First", 1, "20");
        var second = await shop.DealAsync("Second", 1, "30");

        Assert.Equal(2, Assert.IsType<StageInUse>((await service.RemoveAsync(stages[1].Id, null, Ct)).Error).Count);
        Assert.IsType<StageInUse>((await service.RemoveAsync(stages[1].Id, stages[4].Id, Ct)).Error);
        Assert.IsType<StageInUse>((await service.RemoveAsync(stages[1].Id, stages[1].Id, Ct)).Error);
        Assert.IsType<ConflictError>((await service.RemoveAsync(stages[4].Id, null, Ct)).Error);
        Assert.IsType<ConflictError>((await service.RemoveAsync(stages[5].Id, stages[0].Id, Ct)).Error);
        Assert.Equal(6, (await shop.StagesAsync()).Count);

        Assert.Null((await service.RemoveAsync(stages[1].Id, stages[2].Id, Ct)).Error);
        await using (var db = shop.Open())
            Assert.Equal([there, second, first], await db.Opportunities.Where(o => o.StageId == stages[2].Id).OrderBy(o => o.Rank).Select(o => o.Id).ToListAsync(Ct));
        Assert.Null((await service.RemoveAsync(stages[0].Id, null, Ct)).Error);
        Assert.Null((await service.RemoveAsync(stages[3].Id, null, Ct)).Error);
        Assert.IsType<ConflictError>((await service.RemoveAsync(stages[2].Id, null, Ct)).Error);
        Assert.IsType<ForbiddenError>((await shop.As(TestPeople.Agent).Get<StageService>().RemoveAsync(stages[2].Id, null, Ct)).Error);
    }
}
