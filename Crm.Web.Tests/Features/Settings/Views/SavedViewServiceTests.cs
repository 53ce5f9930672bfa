using Crm.Data.Storage;
using Crm.Web.Features.Settings.Views;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Settings.Views;

public sealed class SavedViewServiceTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    [Trait("contract", "M-130")]
    public async Task A_view_is_its_owners_until_it_is_shared_and_opens_the_list_for_whoever_wants_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (mine, theirs) = (shop.As(TestPeople.Agent).Get<SavedViewService>(), shop.As(TestPeople.OtherAgent).Get<SavedViewService>());
        var id = (await mine.CreateAsync(ViewAreas.Leads, " Weddings ", "?tag=wedding", false, Ct)).Value;

        Assert.Equal(new SavedViewRow(id, "Weddings", "?tag=wedding", false, true, false, null, 0), Assert.Single((await mine.ListAsync(ViewAreas.Leads, Ct)).Value));
        Assert.Empty((await theirs.ListAsync(ViewAreas.Leads, Ct)).Value);
        Assert.IsType<ViewNotFound>((await theirs.SetFirstAsync(ViewAreas.Leads, id, Ct)).Error);

        Assert.Null((await mine.ShareAsync(id, true, Ct)).Error);
        Assert.Null((await theirs.SetFirstAsync(ViewAreas.Leads, id, Ct)).Error);

        Assert.Equal(new SavedViewRow(id, "Weddings", "?tag=wedding", true, false, true, "Ama Boakye", 0), Assert.Single((await theirs.ListAsync(ViewAreas.Leads, Ct)).Value));
        Assert.Equal((false, 1), (await mine.ListAsync(ViewAreas.Leads, Ct)).Value[0] is var seen ? (seen.IsFirst, seen.OthersFirst) : default);
        Assert.Null((await theirs.SetFirstAsync(ViewAreas.Leads, null, Ct)).Error);
        Assert.False((await theirs.ListAsync(ViewAreas.Leads, Ct)).Value[0].IsFirst);
        Assert.Empty((await mine.ListAsync(ViewAreas.Customers, Ct)).Value);
    }

    [Theory, BothDatabases]
    public async Task Only_its_owner_changes_a_view_and_a_manager_may_delete_a_shared_one(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (mine, theirs, manager) = (shop.As(TestPeople.Agent).Get<SavedViewService>(), shop.As(TestPeople.OtherAgent).Get<SavedViewService>(), shop.As(TestPeople.Manager).Get<SavedViewService>());
        var id = (await mine.CreateAsync(ViewAreas.Leads, "Weddings", "", true, Ct)).Value;
        var own = (await mine.CreateAsync(ViewAreas.Leads, "Own", "", false, Ct)).Value;

        Assert.IsType<ForbiddenError>((await theirs.RenameAsync(id, "Mine now", Ct)).Error);
        Assert.IsType<ForbiddenError>((await manager.UpdateAsync(id, "?q=x", Ct)).Error);
        Assert.IsType<ForbiddenError>((await theirs.DeleteAsync(id, Ct)).Error);
        Assert.IsType<ViewNotFound>((await manager.DeleteAsync(own, Ct)).Error);
        Assert.IsType<ForbiddenError>((await shop.As(TestPeople.CustomerA).Get<SavedViewService>().ListAsync(ViewAreas.Leads, Ct)).Error);

        Assert.Null((await mine.RenameAsync(id, "Feasts", Ct)).Error);
        Assert.Null((await mine.UpdateAsync(id, "?q=feast", Ct)).Error);
        Assert.Equal(("Feasts", "?q=feast"), (await theirs.ListAsync(ViewAreas.Leads, Ct)).Value.Select(v => (v.Name, v.Query)).Single());
        Assert.Null((await theirs.SetFirstAsync(ViewAreas.Leads, id, Ct)).Error);
        Assert.Null((await manager.DeleteAsync(id, Ct)).Error);
        Assert.Empty((await theirs.ListAsync(ViewAreas.Leads, Ct)).Value);
    }

    [Theory, BothDatabases]
    public async Task A_name_is_needed_and_is_the_owners_only_once(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var views = shop.As(TestPeople.Agent).Get<SavedViewService>();
        Assert.Null((await views.CreateAsync(ViewAreas.Leads, "Weddings", "", false, Ct)).Error);

        Assert.Equal(new ViewNameTaken("Weddings"), (await views.CreateAsync(ViewAreas.Leads, "Weddings", "", false, Ct)).Error);
        Assert.Equal("Name", Assert.IsType<InvalidError>((await views.CreateAsync(ViewAreas.Leads, " ", "", false, Ct)).Error).Field);
        Assert.Equal("Name", Assert.IsType<InvalidError>((await views.CreateAsync(ViewAreas.Leads, new string('x', 81), "", false, Ct)).Error).Field);
        Assert.IsType<InvalidError>((await views.CreateAsync("nowhere", "Weddings", "", false, Ct)).Error);
        Assert.IsType<InvalidError>((await views.CreateAsync(ViewAreas.Leads, "Long", "?" + new string('x', 2_000), false, Ct)).Error);
        Assert.Null((await shop.As(TestPeople.OtherAgent).Get<SavedViewService>().CreateAsync(ViewAreas.Leads, "Weddings", "", true, Ct)).Error);
    }
}
