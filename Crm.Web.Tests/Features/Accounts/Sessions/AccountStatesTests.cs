using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Sessions;

public sealed class AccountStatesTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task It_says_who_an_account_is_and_what_it_may(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var state = await shop.Get<AccountStates>().RecallAsync(TestPeople.Manager.UserId, None);

        Assert.Equal(("malik", "Malik Thompson", true, "malik"), (state!.UserName, state.DisplayName, state.IsActive, state.Stamp));
        Assert.Equal([Roles.Manager], state.Roles);
        Assert.Null(await shop.Get<AccountStates>().RecallAsync(Guid.Empty, None));
    }

    [Theory, BothDatabases]
    public async Task A_change_that_nobody_told_of_is_seen_within_half_a_minute(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        shop.Get<Hearing>().Prove(TimeSpan.FromHours(1));
        var states = shop.Get<AccountStates>();
        await states.RecallAsync(TestPeople.Agent.UserId, None);
        await using (var db = shop.Open()) await db.Users.Where(u => u.Id == TestPeople.Agent.UserId).ExecuteUpdateAsync(set => set.SetProperty(u => u.IsActive, false));

        Assert.True((await states.RecallAsync(TestPeople.Agent.UserId, None))!.IsActive);
        Assert.False((await states.ReadAsync(TestPeople.Agent.UserId, None))!.IsActive);
        shop.Clock.Advance(AccountStates.MostAge);
        Assert.False((await states.RecallAsync(TestPeople.Agent.UserId, None))!.IsActive);
    }

    [Theory, BothDatabases]
    public async Task Memory_alone_refuses_nobody_and_a_refusal_of_the_database_stands(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (states, asked) = (shop.Get<AccountStates>(), new List<AccountState?>());
        bool Refuse(AccountState? state)
        {
            asked.Add(state);
            return false;
        }

        var first = await states.RecallAsync(TestPeople.Agent.UserId, Guid.Empty, Refuse, None);
        Assert.Empty(asked); // just read: nothing newer is to be had
        var second = await states.RecallAsync(TestPeople.Agent.UserId, Guid.Empty, Refuse, None);
        Assert.Same(first, Assert.Single(asked));
        Assert.NotSame(first, second);
        Assert.Same(second, await states.RecallAsync(TestPeople.Agent.UserId, Guid.Empty, _ => true, None));
    }

    [Theory, BothDatabases]
    public async Task News_of_a_change_and_forgetting_make_it_look_again(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var states = shop.Get<AccountStates>();
        await states.RecallAsync(TestPeople.Agent.UserId, None);
        await using (var db = shop.Open()) await db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.FirstName, "Abena"));

        states.Forget(TestPeople.Agent.UserId);
        Assert.Equal("Abena Boakye", (await states.RecallAsync(TestPeople.Agent.UserId, None))!.DisplayName);
        await using (var db = shop.Open()) await db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.FirstName, "Akosua"));
        shop.Get<ChangeFeed>().PublishEverything();
        Assert.Equal("Akosua Boakye", (await states.RecallAsync(TestPeople.Agent.UserId, None))!.DisplayName);
    }
}
