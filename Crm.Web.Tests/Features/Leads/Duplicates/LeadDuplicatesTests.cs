using Crm.Data.Storage;
using Crm.Web.Features.Leads;
using Crm.Web.Features.Leads.Duplicates;
using Crm.Web.Platform.Files;
using Crm.Web.Platform.Results;
using Crm.Web.Platform.Undo;
using Crm.Web.Tests.Ground;
using Crm.Web.Tests.Platform.Files;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Leads.Duplicates;

public sealed class LeadDuplicatesTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task A_new_lead_that_is_known_already_is_proposed_with_the_reason(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var desk = shop.As(TestPeople.Agent);
        var accra = (await desk.Get<LeadService>().CreateAsync(new LeadEdit { Name = "Accra Grill House", Email = "Kwame@AccraGrill.example" }, Ct)).Value;
        await desk.Get<LeadContacts>().AddAsync(accra, new LeadContactEdit { Name = "Kwame", Phone = "+233 24 412 3456" }, Ct);
        var find = desk.Get<LeadDuplicates>();

        async Task<string> AskAsync(LeadEdit edit) => string.Join("; ", (await find.FindAsync(edit, null, Ct)).Value.Select(d => $"{d.Kind} {d.Name}: {d.Why}"));

        Assert.Equal("lead Accra Grill House: same phone", await AskAsync(new() { Name = "New place", Phone = "+233244123456" }));
        Assert.Equal("lead Accra Grill House: same e-mail", await AskAsync(new() { Name = "New place", Email = "kwame@accragrill.EXAMPLE" }));
        Assert.Equal("lead Accra Grill House: similar name", await AskAsync(new() { Name = "accra gril house" }));
        Assert.Equal("lead Accra Grill House: similar name", await AskAsync(new() { Name = "Grill House Accra" }));
        Assert.Equal("customer Achieng Otieno: same e-mail", await AskAsync(new() { Name = "A caterer", Email = "achieng@example.com" }));
        Assert.Equal("", await AskAsync(new() { Name = "Grill" }));
        Assert.Equal("", await AskAsync(new() { Name = "Lagos Kitchen", Phone = "+233244123457", Email = "x@accragrill.example" }));
        Assert.Empty((await find.FindAsync(new() { Name = "Accra Grill House" }, accra, Ct)).Value);
    }

    [Theory, BothDatabases]
    public async Task Two_leads_become_one_with_everything_that_hangs_on_them(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (ama, malik) = (shop.As(TestPeople.Agent), shop.As(TestPeople.Manager));
        var kept = (await ama.Get<LeadService>().CreateAsync(new LeadEdit { Name = "Accra Grill", City = "Toronto" }, Ct)).Value;
        var other = (await ama.Get<LeadService>().CreateAsync(new LeadEdit { Name = "Accra Grill House", City = "Ottawa", Company = "Accra Ltd" }, Ct)).Value;
        foreach (var (lead, who) in new[] { (kept, "Kwame"), (other, "Akosua") })
        {
            await ama.Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = who }, Ct);
            await ama.Get<Web.Features.Leads.Tags.LeadTags>().AddAsync(lead, "halal", Ct);
        }
        await ama.Get<Web.Features.Leads.Tags.LeadTags>().AddAsync(other, "festival", Ct);
        await ama.Get<LeadNotes>().AddAsync(other, "A note", Ct);
        await ama.Get<LeadReminders>().AddAsync(other, new LeadReminderEdit { Title = "Call", On = new DateOnly(2026, 11, 27) }, Ct);
        await ama.Get<LeadTalks>().LogAsync(other, new LeadTalkEdit { Subject = "Menu", Files = [new NewFile("menu.pdf", SomeFiles.Pdf)] }, Ct);

        var look = (await malik.Get<LeadMerge>().LookAsync(kept, other, Ct)).Value;
        Assert.Equal([("Name", "Accra Grill", "Accra Grill House"), ("Company", null, "Accra Ltd"), ("City", "Toronto", "Ottawa")], look.Fields.Select(f => (f.Field, f.Kept, f.Other)));
        var change = (await malik.Get<LeadMerge>().MergeAsync(kept, other, ["Name", "Company"], Ct)).Value;

        var now = (await malik.Get<LeadQueries>().FindAsync(kept, Ct)).Value;
        Assert.Equal(("Accra Grill House", "Accra Ltd", "Toronto"), (now.Name, now.Company, now.City));
        Assert.Equal(["Kwame", "Akosua"], now.Contacts.Select(c => c.Name));
        Assert.Equal(["festival", "halal"], now.Tags);
        Assert.Equal("Call", Assert.Single(now.Reminders).Title);
        var line = (await malik.Get<LeadTimeline>().ReadAsync(kept, null, TimelineFilter.Files, Ct)).Value.Lines.Single();
        Assert.Equal("menu.pdf", Assert.Single(line.Files).Name);
        Assert.True(await FileOwnerSeesAsync(malik, line.Files[0].Id));
        await using var db = shop.Open();
        Assert.Equal((1, 1), (await db.Leads.CountAsync(Ct), await db.LeadNotes.CountAsync(n => n.LeadId == kept, Ct)));
        Assert.True(await db.AuditEntries.CountAsync(a => a.ChangeId == change, Ct) >= 8);
    }

    [Theory, BothDatabases]
    [Trait("contract", "M-165")]
    public async Task A_merge_is_taken_back_with_the_files_of_the_talks_and_done_again(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (kept, other) = (await shop.LeadAsync("Accra Grill"), await shop.LeadAsync("Accra Grill House"));
        var malik = shop.As(TestPeople.Manager);
        foreach (var subject in new[] { "Menu", "Prices" })
            Assert.Null((await malik.Get<LeadTalks>().LogAsync(other, new LeadTalkEdit { Subject = subject, Files = [new NewFile($"{subject}.pdf", SomeFiles.Pdf)] }, Ct)).Error);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var change = (await malik.Get<LeadMerge>().MergeAsync(kept, other, [], Ct)).Value;
        foreach (var there in new[] { other, kept })
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            var undone = (await malik.Get<Web.Platform.Undo.UndoService>().UndoAsync(change, new HashSet<Guid>(), Ct)).Value;
            Assert.Empty(undone.Skipped);
            await using var db = shop.Open();
            Assert.Equal([there, there], await db.CorrespondenceFiles.Select(f => f.LeadId).ToListAsync(Ct));
            Assert.Equal([there, there], await db.Correspondence.Select(c => c.LeadId).ToListAsync(Ct));
            Assert.Equal(there == other, await db.Leads.AnyAsync(l => l.Id == other, Ct));
            change = undone.ChangeId;
        }
    }

    [Theory, BothDatabases]
    public async Task What_somebody_agreed_to_outlives_the_merge_the_newer_of_two(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (first, second) = (shop.Clock.Now, shop.Clock.Now.AddDays(1));
        foreach (var (mine, theirs, stays) in new (DateTime?, DateTime?, string?)[] { (null, first, "theirs"), (first, second, "theirs"), (second, first, "mine"), (first, null, "mine"), (null, null, null) })
        {
            var (kept, other) = (await shop.LeadAsync("Accra Grill"), await shop.LeadAsync("Accra Grill House"));
            await AgreeAsync(shop, kept, "mine", mine);
            await AgreeAsync(shop, other, "theirs", theirs);
            shop.Clock.Advance(TimeSpan.FromMinutes(1));

            var change = (await shop.As(TestPeople.Manager).Get<LeadMerge>().MergeAsync(kept, other, [], Ct)).Value;

            await using var db = shop.Open();
            var now = await db.Leads.SingleAsync(l => l.Id == kept, Ct);
            Assert.Equal((stays, stays is null ? null : stays == "mine" ? mine : theirs), (now.ConsentWording, now.ConsentAt));
            var trail = string.Concat((await db.AuditEntries.Where(a => a.ChangeId == change && a.EntityType == nameof(Crm.Data.Leads.Lead)).ToListAsync(Ct)).Select(a => a.Before + a.After));
            Assert.Equal((theirs is not null, stays == "theirs"), (trail.Contains("theirs", StringComparison.Ordinal), trail.Split("\"theirs\"").Length > 2));
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Empty((await shop.As(TestPeople.Manager).Get<Web.Platform.Undo.UndoService>().UndoAsync(change, new HashSet<Guid>(), Ct)).Value.Skipped);
            Assert.Equal(mine is null ? null : "mine", (await db.Leads.AsNoTracking().SingleAsync(l => l.Id == kept, Ct)).ConsentWording);
        }
    }

    [Theory, BothDatabases]
    public async Task A_merge_is_taken_back_whole_and_until_then_old_links_lead_to_what_was_kept(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (ama, malik) = (shop.As(TestPeople.Agent), shop.As(TestPeople.Manager));
        var (a, b, c) = (await AddAsync("Accra Grill", "Kwame"), await AddAsync("Accra Grill House", "Akosua"), await AddAsync("Accra Grill Ltd", "Yaw"));
        await ama.Get<LeadNotes>().AddAsync(b, "A note", Ct);
        await ama.Get<LeadReminders>().AddAsync(b, new LeadReminderEdit { Title = "Call", On = new DateOnly(2026, 11, 27) }, Ct);
        await ama.Get<LeadTalks>().LogAsync(b, new LeadTalkEdit { Subject = "Menu", Files = [new NewFile("menu.pdf", SomeFiles.Pdf)] }, Ct);
        var before = await ContentsAsync();
        shop.Clock.Advance(TimeSpan.FromMinutes(1));

        var first = (await malik.Get<LeadMerge>().MergeAsync(a, b, [], Ct)).Value;
        Assert.Equal(a, (await ama.Get<LeadMerge>().SurvivorAsync(b, Ct)).Value);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = (await malik.Get<LeadMerge>().MergeAsync(c, a, ["Name"], Ct)).Value;
        Assert.Equal([c, c, null, null], new[] { await SurvivorAsync(b), await SurvivorAsync(a), await SurvivorAsync(c), await SurvivorAsync(Guid.CreateVersion7()) });

        foreach (var change in new[] { second, first })
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.IsType<UndoNotTheirs>((await ama.Get<UndoService>().UndoAsync(change, new HashSet<Guid>(), Ct)).Error);
            Assert.Empty((await malik.Get<UndoService>().UndoAsync(change, new HashSet<Guid>(), Ct)).Value.Skipped);
        }
        var after = await ContentsAsync();
        Assert.Empty(before.Where(t => after[t.Key] != t.Value).Select(t => $"{t.Key}: {t.Value} → {after[t.Key]}"));
        Assert.Null(await SurvivorAsync(b));

        async Task<Guid?> SurvivorAsync(Guid lead) => (await ama.Get<LeadMerge>().SurvivorAsync(lead, Ct)).Value;

        async Task<Guid> AddAsync(string name, string person)
        {
            var lead = (await ama.Get<LeadService>().CreateAsync(new LeadEdit { Name = name }, Ct)).Value;
            await ama.Get<LeadContacts>().AddAsync(lead, new LeadContactEdit { Name = person }, Ct);
            await ama.Get<Web.Features.Leads.Tags.LeadTags>().AddAsync(lead, "halal", Ct);
            return lead;
        }

        async Task<IReadOnlyDictionary<string, string>> ContentsAsync()
        {
            await using var db = shop.Open();
            return await TableContents.ReadWithoutAsync(db, ["AuditEntries", "NumberCounters", "OutboxMessages", "Notices"], ["Version", "UpdatedAt", "TouchedAt"], ["SearchEntries.Id"]);
        }
    }

    [Theory, BothDatabases]
    public async Task Of_two_merges_of_the_same_pair_one_wins_and_the_other_is_told(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (a, b) = (await shop.LeadAsync("Accra Grill"), await shop.LeadAsync("Accra Grill House"));

        var results = await Task.WhenAll(
            Task.Run(() => shop.As(TestPeople.Manager).Get<LeadMerge>().MergeAsync(a, b, [], Ct)),
            Task.Run(() => shop.As(TestPeople.Owner).Get<LeadMerge>().MergeAsync(b, a, [], Ct)));

        Assert.Single(results, r => r.Error is null);
        Assert.Contains("is gone already", Assert.IsType<MergeGone>(results.Single(r => r.Error is not null).Error).Message, StringComparison.Ordinal);
        await using var db = shop.Open();
        Assert.Equal(1, await db.Leads.CountAsync(Ct));
    }

    [Theory, BothDatabases]
    public async Task What_cannot_be_merged_is_said_and_nothing_is_done(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (kept, other) = (await shop.LeadAsync("Accra Grill"), await shop.LeadAsync("Accra Grill House"));
        var malik = shop.As(TestPeople.Manager);
        Assert.Null((await malik.Get<LeadConversion>().ConvertAsync(other, new ConversionEdit { CustomerId = TestPeople.CustomerA.CustomerId }, LeadPlace.Top, Ct)).Error);

        Assert.IsType<MergeWithItself>((await malik.Get<LeadMerge>().MergeAsync(kept, kept, [], Ct)).Error);
        Assert.IsType<MergeGone>((await malik.Get<LeadMerge>().MergeAsync(kept, Guid.Empty, [], Ct)).Error);
        Assert.IsType<ConflictError>((await malik.Get<LeadMerge>().MergeAsync(kept, other, [], Ct)).Error);
        Assert.IsType<ForbiddenError>((await shop.As(TestPeople.Agent).Get<LeadMerge>().MergeAsync(kept, other, [], Ct)).Error);
        await using var db = shop.Open();
        Assert.Equal(2, await db.Leads.CountAsync(Ct));
        Assert.Null((await malik.Get<LeadMerge>().MergeAsync(other, kept, [], Ct)).Error);
    }

    private static async Task AgreeAsync(TestShop shop, Guid lead, string wording, DateTime? at)
    {
        if (at is not { } then) return;
        await using var db = shop.Open();
        (await db.Leads.SingleAsync(l => l.Id == lead, Ct)).Agree(wording, then);
        await db.SaveChangesAsync(Ct);
    }

    private static Task<bool> FileOwnerSeesAsync(TestDesk desk, Guid file) => desk.Get<IFileOwner>().MaySeeAsync(file, Ct);
}
