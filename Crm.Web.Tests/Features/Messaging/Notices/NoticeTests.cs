using Crm.Data.Messaging;
using Crm.Data.Storage;
using Crm.Web.Features.Messaging.Notices;
using Crm.Web.Platform.Jobs;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Messaging.Notices;

/// <summary>News under one's bell: told with the caller's rows, once for each key, and read by nobody else.</summary>
public sealed class NoticeTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task A_notice_is_told_with_the_callers_rows_or_not_at_all(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        await using (await db.BeginWriteAsync(Ct))
        {
            await NoticeWriter.TellAsync(db, To(TestPeople.Agent, "rolled-back"), Ct);
            await db.SaveChangesAsync(Ct);
        }
        await using (var db = shop.Open())
        {
            await NoticeWriter.TellAsync(db, To(TestPeople.Agent, "kept"), Ct);
            await db.SaveChangesAsync(Ct);
        }

        var list = (await shop.As(TestPeople.Agent).Get<NoticeQueries>().NewestAsync(10, Ct)).Value;
        Assert.Equal("kept", Assert.Single(list.Lines).Text);
        Assert.Equal((1, false), (list.Unread, list.HasMore));
    }

    [Theory, BothDatabases]
    public async Task Transactions_that_tell_the_same_at_once_all_commit_and_it_is_told_once(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async n =>
        {
            await using var db = shop.Open();
            db.Settings.Add(new() { Key = $"row {n}", Json = "{}" });
            await NoticeWriter.TellAsync(db, To(TestPeople.Agent, "same"), Ct);
            await db.SaveChangesAsync(Ct);
        }));

        await using var read = shop.Open();
        Assert.Equal("same", (await read.Notices.SingleAsync(Ct)).Key);
        Assert.Equal(8, await read.Settings.CountAsync(s => s.Key.StartsWith("row"), Ct));
    }

    [Theory, BothDatabases]
    public async Task Nobody_who_is_gone_is_told_and_the_callers_work_stands(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        {
            db.Settings.Add(new() { Key = "row", Json = "{}" });
            await NoticeWriter.TellAsync(db, NoticeWriter.Of(Guid.CreateVersion7(), NoticeKinds.Mention, "x", "/leads", "gone", TestClock.Start), Ct);
            await db.SaveChangesAsync(Ct);
        }

        await using var read = shop.Open();
        Assert.False(await read.Notices.AnyAsync(Ct));
        Assert.True(await read.Settings.AnyAsync(s => s.Key == "row", Ct));
    }

    [Theory, BothDatabases]
    public async Task Everybody_reads_and_marks_their_own_alone(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        {
            foreach (var (person, key, minutes) in new[] { (TestPeople.Agent, "first", 1), (TestPeople.Agent, "second", 2), (TestPeople.OtherAgent, "another's", 3) })
                await NoticeWriter.TellAsync(db, NoticeWriter.Of(person.UserId, NoticeKinds.Mention, key, "/leads", key, TestClock.Start.AddMinutes(minutes)), Ct);
            await db.SaveChangesAsync(Ct);
        }
        var (mine, other) = (shop.As(TestPeople.Agent), shop.As(TestPeople.OtherAgent));

        var lines = (await mine.Get<NoticeQueries>().NewestAsync(10, Ct)).Value.Lines;
        Assert.Equal(["second", "first"], lines.Select(l => l.Text));
        Assert.IsType<NoticeNotFound>((await other.Get<NoticeService>().MarkReadAsync(lines[0].Id, Ct)).Error);
        Assert.Equal(2, (await mine.Get<NoticeQueries>().UnreadAsync(Ct)).Value);

        Assert.Null((await mine.Get<NoticeService>().MarkReadAsync(lines[0].Id, Ct)).Error);
        Assert.Equal(1, (await mine.Get<NoticeQueries>().UnreadAsync(Ct)).Value);
        Assert.Null((await mine.Get<NoticeService>().MarkAllReadAsync(Ct)).Error);
        Assert.Equal((0, 1), ((await mine.Get<NoticeQueries>().UnreadAsync(Ct)).Value, (await other.Get<NoticeQueries>().UnreadAsync(Ct)).Value));
    }

    [Theory, BothDatabases]
    public async Task Notices_of_long_ago_go(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await using (var db = shop.Open())
        {
            foreach (var days in new[] { 1, 89, 91 })
                await NoticeWriter.TellAsync(db, NoticeWriter.Of(TestPeople.Agent.UserId, NoticeKinds.Mention, $"{days}", "/leads", $"{days}", TestClock.Start.AddDays(-days)), Ct);
            await db.SaveChangesAsync(Ct);
        }

        var runner = shop.Get<JobRunner>();
        Assert.Equal("1 old notices removed.", await runner.RunAsync(runner.Plans.Single(p => p.Type == typeof(NoticeSweep)).Name, Ct));
        Assert.Equal(["1", "89"], (await shop.As(TestPeople.Agent).Get<NoticeQueries>().NewestAsync(10, Ct)).Value.Lines.Select(l => l.Text));
    }

    [Fact]
    public async Task A_notice_that_leads_away_is_refused_at_once()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => NoticeWriter.TellAsync(null!, NoticeWriter.Of(Guid.Empty, NoticeKinds.Mention, "x", "https://elsewhere.example", "k", TestClock.Start), Ct));
        Assert.Equal(Notice.TextLength, NoticeWriter.Of(Guid.Empty, NoticeKinds.Mention, new string('x', 400), "/", "k", TestClock.Start).Text.Length);
    }

    private static Notice To(TestPerson person, string key) => NoticeWriter.Of(person.UserId, NoticeKinds.Mention, key, "/leads", key, TestClock.Start);
}
