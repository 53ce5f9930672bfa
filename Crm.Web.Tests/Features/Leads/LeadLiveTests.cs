using Crm.Data;
using Crm.Data.Leads;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.RoleRights;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Board;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Live;
using Crm.Web.Tests.Features.Leads.Board;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads;

/// <summary>A change is read once for all boards, and shows nobody more than their own reading would.</summary>
public sealed class LeadLiveTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task A_change_is_read_once_however_many_boards_show_it(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        using var live = shop.LiveLeads();
        shop.Get<Hearing>().Prove(TimeSpan.FromDays(1));
        var lead = await shop.LeadAsync("Accra Grill House", value: 1_00);
        var boards = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => BoardAsync(shop, i % 2 == 0 ? TestPeople.Agent : TestPeople.Manager, i % 4 == 0 ? "?q=accra" : "")));
        await MoveAsync(shop, lead, LeadStatus.Contacted);
        await TellAsync(live, shop, boards, lead);

        using var asked = new QueryCount(shop, "\"Leads\"");
        await TellAsync(live, shop, boards, lead);

        Assert.All(boards, b => Assert.Equal((LeadStatus.Contacted, 1, 1_00L), (b.Find(lead)!.Status, b[LeadStatus.Contacted].Count, b[LeadStatus.Contacted].Value.Minor)));
        // the card and the numbers for all; and the five boards with one search ask for its card and its totals together
        Assert.Equal(4, asked.Value);
    }

    [Theory, BothDatabases]
    public async Task Who_sees_only_their_own_leads_hears_nothing_of_anothers(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        using var live = shop.LiveLeads();
        Assert.Null((await shop.As(TestPeople.Owner).Get<RightsService>().SetAsync(Roles.Agent, Permission.SeeAllLeads, false, Ct)).Error);
        var (theirs, mine, free) = (await shop.LeadAsync("Secret Kitchen", owner: TestPeople.OtherAgent, value: 100), await shop.LeadAsync("Mine Kitchen", owner: TestPeople.Agent, value: 10), await shop.LeadAsync("Free Kitchen", value: 1));
        string[] filters = ["", "?q=kitchen", "?agent=" + TestPeople.OtherAgent.UserId, "?priority=medium"];
        var (ama, malik) = (await BoardsAsync(TestPeople.Agent), await BoardsAsync(TestPeople.Manager));

        foreach (var lead in new[] { theirs, mine, free }) await MoveAsync(shop, lead, LeadStatus.Contacted);
        await TellAsync(live, shop, [.. malik, .. ama], theirs, mine, free);
        Assert.Equal(["Free Kitchen, Mine Kitchen", "Free Kitchen, Mine Kitchen", "", "Free Kitchen, Mine Kitchen"], ama.Select(Names));
        Assert.Equal([(2, 11), (2, 11), (0, 0), (2, 11)], ama.Select(b => (b[LeadStatus.Contacted].Count, (int)b[LeadStatus.Contacted].Value.Minor)));
        Assert.All(ama, b => Assert.Equal((2, 1), (b.Tabs.Open, b.Tabs.Mine)));
        Assert.All(ama, b => Assert.Null(b.Find(theirs)));
        Assert.Equal([3, 3, 1, 3], malik.Select(b => b[LeadStatus.Contacted].Count));

        await using (var db = shop.Open()) await db.Leads.Where(l => l.Id == mine).ExecuteUpdateAsync(set => set.SetProperty(l => l.OwnerId, TestPeople.OtherAgent.UserId), Ct);
        shop.Get<ChangeFeed>().Forget([new ChangeTopic(ChangeKinds.Lead, mine)]);
        await TellAsync(live, shop, [.. malik, .. ama], mine);
        Assert.Equal(["Free Kitchen", "Free Kitchen", "", "Free Kitchen"], ama.Select(Names));
        Assert.All(ama, b => Assert.Equal((1, 0), (b.Tabs.Open, b.Tabs.Mine)));

        async Task<LeadBoard[]> BoardsAsync(TestPerson person) => await Task.WhenAll(filters.Select(f => BoardAsync(shop, person, f)));
        string Names(LeadBoard board) => string.Join(", ", board[LeadStatus.Contacted].Cards.Select(c => c.Name));
    }

    [Theory, BothDatabases]
    public async Task News_from_before_a_move_of_ones_own_do_not_take_it_back(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        using var live = shop.LiveLeads();
        var (card, other) = (await shop.LeadAsync("Card"), await shop.LeadAsync("Other"));
        var board = await BoardAsync(shop, TestPeople.Agent, "");
        await MoveAsync(shop, other, LeadStatus.Qualified);
        var early = await NewsAsync(live, shop, card, other);

        Assert.Null((await board.MoveAsync(card, LeadStatus.Contacted, 0, _ => Task.CompletedTask, Ct)).Error);
        Assert.Null(await board.CountAsync(Ct));
        Assert.Null(await board.LookAsync(early, Ct));

        Assert.Equal((LeadStatus.Contacted, LeadStatus.Qualified, 0, 1), (board.Find(card)!.Status, board.Find(other)!.Status, board[LeadStatus.New].Count, board[LeadStatus.Contacted].Count));
    }

    [Theory, BothDatabases]
    public async Task A_colleagues_change_told_of_during_a_move_of_ones_own_is_on_screen_in_the_end(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        using var live = shop.LiveLeads();
        var card = await shop.LeadAsync("Card", value: 1_00);
        var board = await BoardAsync(shop, TestPeople.Agent, "");

        var move = await MoveMeanwhileAsync(shop, board, card, () => TellAsync(live, shop, [board], card));
        Assert.Equal("Moved Card to Contacted, 1 of 1", move.Words);
        Assert.Null(await board.CountAsync(Ct));

        Assert.Equal((LeadStatus.Qualified, 0, 1), (board.Find(card)!.Status, board[LeadStatus.Contacted].Count, board[LeadStatus.Qualified].Count));
    }

    [Theory, BothDatabases]
    public async Task A_colleagues_change_read_during_a_move_of_ones_own_and_told_after_it_is_shown(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        using var live = shop.LiveLeads();
        var card = await shop.LeadAsync("Card");
        var board = await BoardAsync(shop, TestPeople.Agent, "");
        LeadNews? news = null;
        await MoveMeanwhileAsync(shop, board, card, async () => news = await NewsAsync(live, shop, card));
        Assert.Equal(LeadStatus.Contacted, board.Find(card)!.Status);

        Assert.Null(await board.LookAsync(news!, Ct));

        Assert.Equal((LeadStatus.Qualified, 0), (board.Find(card)!.Status, board[LeadStatus.Contacted].Cards.Count));
    }

    [Theory, BothDatabases]
    public async Task A_colleagues_change_stays_that_a_board_read_anew_during_a_move_of_ones_own(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var card = await shop.LeadAsync("Card");
        var board = await BoardAsync(shop, TestPeople.Agent, "");

        await MoveMeanwhileAsync(shop, board, card, async () => Assert.Null(await board.LoadAsync(new LeadFilter(), Ct)));

        Assert.Equal((LeadStatus.Qualified, 0), (board.Find(card)!.Status, board[LeadStatus.Contacted].Cards.Count));
    }

    [Theory, BothDatabases]
    public async Task News_that_were_held_up_do_not_take_newer_ones_back(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        using var live = shop.LiveLeads();
        var (card, other) = (await shop.LeadAsync("Card"), await shop.LeadAsync("Other"));
        var board = await BoardAsync(shop, TestPeople.Agent, "");
        await MoveAsync(shop, card, LeadStatus.Contacted);
        await MoveAsync(shop, other, LeadStatus.Contacted);
        var older = await NewsAsync(live, shop, card, other);
        await MoveAsync(shop, card, LeadStatus.Qualified);
        var newer = await NewsAsync(live, shop, card);

        Assert.Null(await board.LookAsync(newer, Ct));
        Assert.Null(await board.LookAsync(older, Ct));

        Assert.Equal((LeadStatus.Qualified, LeadStatus.Contacted), (board.Find(card)!.Status, board.Find(other)!.Status));
        Assert.Equal((0, 1, 1), (board[LeadStatus.New].Count, board[LeadStatus.Contacted].Count, board[LeadStatus.Qualified].Count));
    }

    [Theory, BothDatabases]
    public async Task Very_many_changes_are_told_as_one_and_read_anew(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        using var live = shop.LiveLeads();
        var board = await BoardAsync(shop, TestPeople.Agent, "");
        await shop.LeadsAsync(60, LeadStatus.Qualified);
        shop.Get<ChangeFeed>().Forget([new ChangeTopic(ChangeKinds.Lead, Guid.Empty)]);

        await TellAsync(live, shop, [board], Guid.Empty);

        Assert.Equal((60, 25, 60), (board[LeadStatus.Qualified].Count, board[LeadStatus.Qualified].Cards.Count, board.Tabs.Open));
    }

    [Theory, BothDatabases]
    public async Task A_board_that_fails_or_hangs_keeps_no_other_from_hearing(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        using var live = shop.LiveLeads();
        var lead = await shop.LeadAsync("A");
        using var broken = live.Subscribe(_ => throw new TimeoutException());
        using var hung = live.Subscribe(_ => new TaskCompletionSource().Task);
        var board = await BoardAsync(shop, TestPeople.Agent, "");
        await MoveAsync(shop, lead, LeadStatus.Qualified);

        await TellAsync(live, shop, [board], lead);
        Assert.Equal(LeadStatus.Qualified, board.Find(lead)!.Status);
    }

    [Theory, BothDatabases]
    public async Task What_a_plain_filter_leaves_of_what_was_read_is_what_the_database_says(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        using var live = shop.LiveLeads();
        foreach (var (owner, priority, status) in
            from owner in new TestPerson?[] { null, TestPeople.Agent, TestPeople.OtherAgent } from priority in Enum.GetValues<LeadPriority>() from status in new[] { LeadStatus.New, LeadStatus.Qualified, LeadStatus.Lost } select (owner, priority, status))
            await shop.LeadAsync($"{owner?.UserName} {priority} {status}", status, 100, owner, priority, nextStep: "Call", nextStepAt: TestClock.Start.AddDays(priority is LeadPriority.High ? -1 : 0));

        foreach (var all in new[] { true, false })
        {
            Assert.Null((await shop.As(TestPeople.Owner).Get<RightsService>().SetAsync(Roles.Agent, Permission.SeeAllLeads, all, Ct)).Error);
            var (queries, actor) = (shop.As(TestPeople.Agent).Get<LeadBoardQueries>(), shop.As(TestPeople.Agent).Get<CurrentActor>());
            foreach (var filter in new[] { "", "?agent=me", "?agent=nobody", "?agent=me&agent=nobody", "?agent=" + TestPeople.OtherAgent.UserId, "?agent=nobody&priority=high", "?priority=low&priority=high", "?status=lost&status=new", "?agent=me&status=qualified&priority=medium" }.Select(LeadFilter.Parse))
            {
                Assert.True(LeadFiltering.IsPlain(filter));
                await using var db = shop.Open();
                var moment = LeadMoment.Of(shop.Get<Web.Features.Settings.Shop>());
                var left = await (await LeadFiltering.ApplyAsync(db, filter, actor, moment, Ct)).OrderBy(l => l.Id).Select(l => l.Id).ToListAsync(Ct);
                var read = await LeadBoardQueries.Cards(db, db.Leads.OrderBy(l => l.Id)).ToListAsync(Ct);
                Assert.Equal(left, read.Where(c => LeadFiltering.Leaves(filter, actor, c.OwnerId, c.Priority, c.Status)).Select(c => c.Id));
                var totals = await LeadBoardQueries.Totals(await LeadFiltering.ApplyAsync(db, filter, actor, moment, Ct)).ToListAsync(Ct);
                Assert.Equal(totals.OrderBy(t => t.Status), (await queries.TotalsAsync(filter, Ct)).Value.Where(t => t.Count > 0));
            }
            Assert.Equal(all ? (18, 6, 12, 6) : (12, 6, 8, 4), (await queries.TabsAsync(Ct)).Value is var tabs ? (tabs.Open, tabs.Mine, tabs.Today, tabs.Late) : default);
        }
        Assert.All(new[] { "?q=a", "?when=late", "?source=web", "?tag=vip", "?valuefrom=1", "?city=Lagos", "?createdfrom=2026-01-01" }, query => Assert.False(LeadFiltering.IsPlain(LeadFilter.Parse(query))));
    }

    // Tells the news as the feed does, and waits until all of these boards have taken it in.
    private static async Task TellAsync(LeadLive live, TestShop shop, LeadBoard[] boards, params Guid[] ids)
    {
        var last = Guid.CreateVersion7(); // what was told before has been shown when this is
        var done = boards.Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToList();
        var heard = boards.Select((board, i) => live.Subscribe(async news =>
        {
            Assert.Null(await board.LookAsync(news, Ct));
            if (news.Ids.Contains(last)) done[i].TrySetResult();
        })).ToList();
        shop.Get<ChangeFeed>().Publish([.. ids.Append(last).Select(id => new ChangeTopic(ChangeKinds.Lead, id))]);
        await Task.WhenAll(done.Select(d => d.Task)).WaitAsync(LeadScreens.Patience);
        heard.ForEach(h => h.Dispose());
    }

    // What is told of these leads now, without a board that takes it in.
    private static async Task<LeadNews> NewsAsync(LeadLive live, TestShop shop, params Guid[] ids)
    {
        var (last, told) = (Guid.CreateVersion7(), new TaskCompletionSource<LeadNews>(TaskCreationOptions.RunContinuationsAsynchronously));
        using var heard = live.Subscribe(news => Task.FromResult(news.Ids.Contains(last) && told.TrySetResult(news)));
        shop.Get<ChangeFeed>().Publish([.. ids.Append(last).Select(id => new ChangeTopic(ChangeKinds.Lead, id))]);
        return await told.Task.WaitAsync(LeadScreens.Patience);
    }

    // Moves a card to "contacted" by the board, and a colleague it on to "qualified" before the board has its answer.
    private static async Task<BoardMove> MoveMeanwhileAsync(TestShop shop, LeadBoard board, Guid card, Func<Task> meanwhile) => (await board.PutAsync(card, LeadStatus.Contacted, 0, async place =>
    {
        var done = await shop.As(TestPeople.Agent).Get<LeadMoves>().MoveAsync(card, LeadStatus.Contacted, place, Ct);
        await MoveAsync(shop, card, LeadStatus.Qualified);
        await meanwhile();
        return done;
    }, _ => Task.CompletedTask, Ct)).Value;

    private static async Task MoveAsync(TestShop shop, Guid lead, LeadStatus to) => Assert.Null((await shop.As(TestPeople.Owner).Get<LeadMoves>().MoveAsync(lead, to, LeadPlace.Top, Ct)).Error);

    private static async Task<LeadBoard> BoardAsync(TestShop shop, TestPerson person, string query)
    {
        var desk = shop.As(person);
        var board = new LeadBoard(desk.Get<LeadBoardQueries>(), desk.Get<LeadMoves>());
        Assert.Null(await board.LoadAsync(LeadFilter.Parse(query), Ct));
        return board;
    }
}
