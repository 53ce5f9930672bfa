using Crm.Data.Accounts;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts.Tokens;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Tokens;

public sealed class OneTimeTokensTests
{
    private const string Email = "achieng@example.com";

    private static Guid Holder => TestPeople.CustomerA.UserId;

    [Theory, BothDatabases, Trait("contract", "M-020"), Trait("contract", "M-018")]
    public async Task A_token_is_good_once_and_proves_whose_address_it_was_sent_to(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var token = await IssueAsync(shop, TokenPurpose.VerifyEmail);

        var first = await TakeAsync(shop, TokenPurpose.VerifyEmail, token.Secret);
        var second = await TakeAsync(shop, TokenPurpose.VerifyEmail, token.Secret);

        Assert.Equal(new TokenProof(token.Id, Holder, Email), first.Value);
        Assert.IsType<TokenUsed>(second.Error);
    }

    [Theory, BothDatabases]
    public async Task Only_a_hash_is_stored_and_no_two_secrets_are_alike(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (one, two) = (await IssueAsync(shop, TokenPurpose.VerifyEmail), await IssueAsync(shop, TokenPurpose.ResetPassword));

        Assert.NotEqual(one.Secret, two.Secret);
        Assert.Equal(43, one.Secret.Length);
        Assert.Matches("^[A-Za-z0-9_-]+$", one.Secret);
        await using var db = shop.Open();
        Assert.All(await db.OneTimeTokens.ToListAsync(), t => Assert.Equal(32, t.Hash.Length));
    }

    [Theory, BothDatabases]
    public async Task Of_twenty_uses_at_the_same_moment_one_wins(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var token = await IssueAsync(shop, TokenPurpose.ResetPassword);
        using var barrier = new Barrier(20);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Factory.StartNew(async () =>
        {
            barrier.SignalAndWait();
            return await TakeAsync(shop, TokenPurpose.ResetPassword, token.Secret);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

        Assert.Single(results, r => r.Error is null);
        Assert.Equal(19, results.Count(r => r.Error is TokenUsed));
    }

    [Theory, BothDatabases, Trait("contract", "M-019"), Trait("contract", "M-021")]
    public async Task Each_purpose_has_its_own_time(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        foreach (var (purpose, life) in new[]
        {
            (TokenPurpose.ResetPassword, TimeSpan.FromHours(1)), (TokenPurpose.VerifyEmail, TimeSpan.FromHours(24)),
            (TokenPurpose.ChangeEmail, TimeSpan.FromHours(24)), (TokenPurpose.AcceptInvitation, TimeSpan.FromDays(7)),
        })
        {
            var (kept, late) = (await IssueAsync(shop, purpose), TimeSpan.FromSeconds(1));
            Assert.Equal(life, kept.Life);
            shop.Clock.Advance(life - late);
            Assert.Null((await LookAsync(shop, purpose, kept.Secret)).Error);
            shop.Clock.Advance(late);
            Assert.IsType<TokenExpired>((await TakeAsync(shop, purpose, kept.Secret)).Error);
        }
    }

    [Theory, BothDatabases]
    public async Task A_token_of_another_purpose_or_none_is_unknown(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var token = await IssueAsync(shop, TokenPurpose.VerifyEmail);

        foreach (var (purpose, secret) in new[]
        {
            (TokenPurpose.ResetPassword, token.Secret), (TokenPurpose.VerifyEmail, ""), (TokenPurpose.VerifyEmail, token.Secret + "="),
            (TokenPurpose.VerifyEmail, token.Secret.ToLowerInvariant()), (TokenPurpose.VerifyEmail, "\0"), (TokenPurpose.VerifyEmail, new string('a', 10_000)),
            (TokenPurpose.VerifyEmail, token.Id.ToString()),
        })
            Assert.IsType<TokenUnknown>((await TakeAsync(shop, purpose, secret)).Error);
        Assert.IsType<TokenUnknown>((await TakeAsync(shop, TokenPurpose.VerifyEmail, null)).Error);
        Assert.Null((await TakeAsync(shop, TokenPurpose.VerifyEmail, token.Secret)).Error);
    }

    [Theory, BothDatabases]
    public async Task A_newer_one_puts_the_older_of_its_purpose_out_of_use(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var (older, other) = (await IssueAsync(shop, TokenPurpose.VerifyEmail), await IssueAsync(shop, TokenPurpose.ChangeEmail));
        var newer = await IssueAsync(shop, TokenPurpose.VerifyEmail);

        Assert.IsType<TokenUsed>((await TakeAsync(shop, TokenPurpose.VerifyEmail, older.Secret)).Error);
        Assert.Null((await LookAsync(shop, TokenPurpose.VerifyEmail, newer.Secret)).Error);
        Assert.Null((await LookAsync(shop, TokenPurpose.ChangeEmail, other.Secret)).Error);
    }

    [Theory, BothDatabases]
    public async Task Ten_links_to_choose_a_password_stand_side_by_side(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var issued = new List<IssuedToken>();
        for (var i = 0; i < 11; i++)
        {
            issued.Add(await IssueAsync(shop, TokenPurpose.ResetPassword));
            shop.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.IsType<TokenUsed>((await LookAsync(shop, TokenPurpose.ResetPassword, issued[0].Secret)).Error);
        foreach (var standing in issued.Skip(1)) Assert.Null((await LookAsync(shop, TokenPurpose.ResetPassword, standing.Secret)).Error);
    }

    [Theory, BothDatabases]
    public async Task Taken_in_work_that_is_not_committed_it_is_still_good(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        var token = await IssueAsync(shop, TokenPurpose.ResetPassword);
        await using (var db = shop.Open())
        {
            await using var write = await db.BeginWriteAsync(CancellationToken.None);
            Assert.Null((await shop.Get<OneTimeTokens>().TakeAsync(db, TokenPurpose.ResetPassword, token.Secret, CancellationToken.None)).Error);
        }

        Assert.Null((await TakeAsync(shop, TokenPurpose.ResetPassword, token.Secret)).Error);
        await using var without = shop.Open();
        await Assert.ThrowsAsync<InvalidOperationException>(() => shop.Get<OneTimeTokens>().TakeAsync(without, TokenPurpose.ResetPassword, token.Secret, CancellationToken.None));
    }

    private static async Task<IssuedToken> IssueAsync(TestShop shop, TokenPurpose purpose)
    {
        await using var db = shop.Open();
        var token = await shop.Get<OneTimeTokens>().IssueAsync(db, Holder, purpose, Email, CancellationToken.None);
        await db.SaveChangesAsync();
        return token;
    }

    private static async Task<Result<TokenProof>> LookAsync(TestShop shop, TokenPurpose purpose, string secret)
    {
        await using var db = shop.Open();
        return await shop.Get<OneTimeTokens>().LookAsync(db, purpose, secret, CancellationToken.None);
    }

    private static async Task<Result<TokenProof>> TakeAsync(TestShop shop, TokenPurpose purpose, string? secret)
    {
        await using var db = shop.Open();
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        var taken = await shop.Get<OneTimeTokens>().TakeAsync(db, purpose, secret, CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return taken;
    }
}
