using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Settings;
using Crm.Web.Features.Settings.Pipeline;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Features.Leads;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Settings;

public sealed class PipelineServiceTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task The_owners_days_decide_which_leads_are_stale(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await shop.LeadAsync("Accra Grill House", LeadStatus.Contacted);
        shop.Clock.Advance(TimeSpan.FromDays(5));
        var (service, board) = (shop.As(TestPeople.Owner).Get<PipelineService>(), shop.As(TestPeople.Agent).Get<LeadBoardQueries>());
        Assert.Equal(0, (await board.TabsAsync(Ct)).Value.Stale);
        Assert.Equal(LeadAge.Fresh, LeadMoment.Of(shop.Get<Shop>()).AgeOf(LeadStatus.Contacted, TestClock.Start));

        var form = (await service.ReadAsync(Ct)).Value;
        form.ContactedDays = 4;
        Assert.Null((await service.SaveAsync(form, Ct)).Error);

        Assert.Equal(1, (await board.TabsAsync(Ct)).Value.Stale);
        Assert.Single((await board.LaneAsync(new LeadFilter { When = LeadWhen.Stale }, LeadStatus.Contacted, null, 25, Ct)).Value.Rows);
        Assert.Equal(LeadAge.Stale, LeadMoment.Of(shop.Get<Shop>()).AgeOf(LeadStatus.Contacted, TestClock.Start));
        Assert.Equal(LeadAge.Fresh, LeadMoment.Of(shop.Get<Shop>()).AgeOf(LeadStatus.Lost, TestClock.Start.AddYears(-1)));
    }

    [Theory, BothDatabases]
    public async Task Of_two_owners_who_save_the_same_rules_the_second_is_told(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var service = shop.As(TestPeople.Owner).Get<PipelineService>();
        for (var round = 0; round < 2; round++) // the row is new, and then it is not
        {
            var (first, second) = ((await service.ReadAsync(Ct)).Value, (await service.ReadAsync(Ct)).Value);
            first.NewDays += 1;
            second.NewDays += 2;
            Assert.Null((await service.SaveAsync(first, Ct)).Error);
            Assert.IsType<ConflictError>((await service.SaveAsync(second, Ct)).Error);
            Assert.Equal(first.NewDays, (await service.ReadAsync(Ct)).Value.NewDays);
        }
    }

    [Theory]
    [InlineData(0, 10, "NewDays")]
    [InlineData(366, 10, "NewDays")]
    [InlineData(7, 101, "NewChance")]
    [InlineData(7, -1, "NewChance")]
    public async Task Numbers_out_of_range_are_refused_at_their_field(int days, int chance, string field)
    {
        await using var shop = await TestShop.OpenAsync(DatabaseKind.Sqlite);
        var service = shop.As(TestPeople.Owner).Get<PipelineService>();
        var form = (await service.ReadAsync(Ct)).Value;
        (form.NewDays, form.NewChance) = (days, chance);

        var refusal = Assert.IsType<InvalidError>((await service.SaveAsync(form, Ct)).Error);
        Assert.NotNull(refusal.For(field));
        Assert.Null((await service.ReadAsync(Ct)).Value.Version);
    }

    [Theory]
    [InlineData(LeadStatus.New, 12_345, 1_234)]
    [InlineData(LeadStatus.Qualified, 100_00, 60_00)]
    [InlineData(LeadStatus.Converted, 99, 99)]
    [InlineData(LeadStatus.Lost, 99, 0)]
    [InlineData(LeadStatus.Qualified, long.MaxValue, 5_534_023_222_112_865_484)]
    public void A_stage_weighs_its_amounts(LeadStatus status, long minor, long expected) =>
        Assert.Equal(new Money(expected), new PipelineSettings().Weigh(status, new Money(minor)));
}
