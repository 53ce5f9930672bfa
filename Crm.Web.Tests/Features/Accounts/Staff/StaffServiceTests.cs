using Crm.Data.Accounts;
using Crm.Data.Audit;
using Crm.Data.Storage;
using Crm.Web.Features.Accounts;
using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Features.Accounts.Staff;
using Crm.Web.Features.Messaging.Mails;
using Crm.Web.Platform.Access;
using Crm.Web.Platform.Results;
using Crm.Web.Tests.Features.Accounts.Passkeys;
using Crm.Web.Tests.Features.Leads;
using Crm.Web.Tests.Ground;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Tests.Features.Accounts.Staff;

/// <summary>The owner keeps the staff's accounts, and the shop never loses its last owner.</summary>
[Trait("contract", "M-049")]
public sealed class StaffServiceTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory, BothDatabases]
    public async Task The_list_tells_who_works_here_and_leaves_customers_out(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await PasswordsAsync(shop);
        await shop.LeadAsync("Accra Grill House", owner: TestPeople.Agent);
        await SessionAsync(shop, TestPeople.Agent);

        var rows = (await shop.As(TestPeople.Owner).Get<StaffQueries>().ListAsync(Ct)).Value;

        Assert.Equal([TestPeople.Owner.UserId, TestPeople.Manager.UserId, TestPeople.Agent.UserId, TestPeople.OtherAgent.UserId], rows.Select(r => r.Id));
        Assert.Equal((true, false), (rows[0].IsMe, rows[1].IsMe));
        Assert.Equal((Roles.Agent, 1, 1, "ama@example.com"), (rows[2].Role, rows[2].Sessions, rows[2].OpenLeads, rows[2].Email));
        Assert.IsType<StaffNotFound>((await shop.As(TestPeople.Owner).Get<StaffQueries>().GetAsync(TestPeople.CustomerA.UserId, Ct)).Error);
        Assert.IsType<StaffNotFound>((await shop.As(TestPeople.Owner).Get<StaffService>().DeactivateAsync(TestPeople.CustomerA.UserId, Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task Switched_off_an_account_loses_its_sessions_and_links_and_keeps_its_leads(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await PasswordsAsync(shop);
        await shop.LeadAsync("Accra Grill House", owner: TestPeople.Agent);
        await SessionAsync(shop, TestPeople.Agent);
        var before = (await shop.Get<AccountStates>().RecallAsync(TestPeople.Agent.UserId, Ct))!;

        var row = (await shop.As(TestPeople.Owner).Get<StaffService>().DeactivateAsync(TestPeople.Agent.UserId, Ct)).Value;

        Assert.Equal((false, 0, 1), (row.IsActive, row.Sessions, row.OpenLeads));
        var after = (await shop.Get<AccountStates>().RecallAsync(TestPeople.Agent.UserId, Ct))!;
        Assert.False(after.IsActive);
        Assert.NotEqual(before.Stamp, after.Stamp);
        Assert.True((await shop.As(TestPeople.Owner).Get<StaffService>().ActivateAsync(TestPeople.Agent.UserId, Ct)).Value.IsActive);
        await using var db = shop.Open();
        var trail = await db.AuditEntries.Where(a => a.EntityId == TestPeople.Agent.UserId && a.EntityType == nameof(User)).OrderBy(a => a.Id).Select(a => a.After!).ToListAsync(Ct);
        Assert.Equal(["{\"IsActive\":false}", "{\"IsActive\":true}"], trail);
    }

    [Theory, BothDatabases]
    public async Task Another_role_counts_at_once_and_leaves_audit_rows_with_its_name(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await PasswordsAsync(shop);
        Assert.Equal([Roles.Agent], (await shop.Get<AccountStates>().RecallAsync(TestPeople.Agent.UserId, Ct))!.Roles);

        var row = (await shop.As(TestPeople.Owner).Get<StaffService>().UpdateAsync(TestPeople.Agent.UserId, new StaffEdit("Ama", "Boakye", Roles.Manager), Ct)).Value;

        Assert.Equal(Roles.Manager, row.Role);
        Assert.Equal([Roles.Manager], (await shop.Get<AccountStates>().RecallAsync(TestPeople.Agent.UserId, Ct))!.Roles);
        await using var db = shop.Open();
        var trail = await db.AuditEntries.Where(a => a.EntityType == "UserRole" && a.RootId == TestPeople.Agent.UserId).ToListAsync(Ct);
        Assert.Contains(trail, a => a.Action is AuditAction.Deleted && a.Before!.Contains("\"Role\":\"Agent\"", StringComparison.Ordinal));
        Assert.Contains(trail, a => a.Action is AuditAction.Created && a.After!.Contains("\"Role\":\"Manager\"", StringComparison.Ordinal));
        Assert.All(trail, a => Assert.Equal(TestPeople.Owner.UserId, a.ActorId));
    }

    [Theory, BothDatabases]
    public async Task The_last_active_owner_is_neither_switched_off_nor_demoted_and_nobody_does_it_to_themselves(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await PasswordsAsync(shop);
        var service = shop.As(TestPeople.Owner).Get<StaffService>();
        var system = shop.AsSystem().Get<StaffService>();
        Assert.IsType<OwnAccess>((await service.DeactivateAsync(TestPeople.Owner.UserId, Ct)).Error);
        Assert.IsType<OwnAccess>((await service.SetRoleAsync(TestPeople.Owner.UserId, Roles.Agent, Ct)).Error);
        Assert.IsType<LastOwner>((await system.DeactivateAsync(TestPeople.Owner.UserId, Ct)).Error);
        Assert.IsType<LastOwner>((await system.SetRoleAsync(TestPeople.Owner.UserId, Roles.Manager, Ct)).Error);

        // An owner who has not accepted the invitation cannot keep the shop.
        await shop.As(TestPeople.Owner).Get<StaffInvitations>().InviteAsync(new StaffInvitation { FirstName = "Kofi", Email = "kofi@example.com", Role = Roles.Owner }, Ct);
        Assert.IsType<LastOwner>((await system.DeactivateAsync(TestPeople.Owner.UserId, Ct)).Error);

        Assert.Null((await service.SetRoleAsync(TestPeople.Manager.UserId, Roles.Owner, Ct)).Error);
        Assert.Null((await system.DeactivateAsync(TestPeople.Owner.UserId, Ct)).Error);
    }

    [Theory, BothDatabases]
    public async Task Of_two_owners_who_demote_each_other_at_once_one_stays(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await PasswordsAsync(shop);
        await shop.As(TestPeople.Owner).Get<StaffService>().SetRoleAsync(TestPeople.Manager.UserId, Roles.Owner, Ct);
        var other = TestPeople.Manager with { Role = Roles.Owner };

        for (var round = 0; round < 3; round++)
        {
            var answers = await Task.WhenAll(
                Task.Run(() => shop.As(TestPeople.Owner).Get<StaffService>().SetRoleAsync(other.UserId, Roles.Agent, Ct)),
                Task.Run(() => shop.As(other).Get<StaffService>().SetRoleAsync(TestPeople.Owner.UserId, Roles.Agent, Ct)));
            Assert.Single(answers, a => a.Error is LastOwner);
            Assert.Single(answers, a => a.Error is null);
            await using var db = shop.Open();
            Assert.Equal(1, await db.UserRoles.CountAsync(h => db.Roles.Any(r => r.Id == h.RoleId && r.Name == Roles.Owner), Ct));
            foreach (var person in new[] { TestPeople.Owner, other }) await shop.AsSystem().Get<StaffService>().SetRoleAsync(person.UserId, Roles.Owner, Ct);
        }
    }

    [Theory, BothDatabases]
    public async Task A_reset_second_factor_is_gone_whole_and_told_by_mail(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await PasswordsAsync(shop);
        await SessionAsync(shop, TestPeople.Agent);
        await using (var db = shop.Open())
        {
            var user = await db.Users.SingleAsync(u => u.Id == TestPeople.Agent.UserId, Ct);
            (user.TwoFactorEnabled, user.AuthenticatorKey, user.AuthenticatorStep) = (true, "secret", 7);
            db.RecoveryCodes.Add(new RecoveryCode { UserId = user.Id, Hash = [1] });
            db.UserPasskeys.Add(SomePasskey.Of(user.Id, "Blue phone"));
            await db.SaveChangesAsync(Ct);
        }

        Assert.IsType<OwnAccess>((await shop.As(TestPeople.Owner).Get<StaffService>().ResetSecondFactorAsync(TestPeople.Owner.UserId, Ct)).Error);
        var row = (await shop.As(TestPeople.Owner).Get<StaffService>().ResetSecondFactorAsync(TestPeople.Agent.UserId, Ct)).Value;

        Assert.Equal((false, 0), (row.HasSecondFactor, row.Sessions));
        await using var read = shop.Open();
        Assert.Null((await read.Users.SingleAsync(u => u.Id == TestPeople.Agent.UserId, Ct)).AuthenticatorKey);
        Assert.False(await read.RecoveryCodes.AnyAsync(Ct) || await read.UserPasskeys.AnyAsync(Ct));
        Assert.True(await read.AuditEntries.AnyAsync(a => a.EntityId == TestPeople.Agent.UserId && a.ActorId == TestPeople.Owner.UserId && a.After!.Contains("Reset the second factor"), Ct));
        Assert.Equal(SecurityChange.TwoFactorReset, (await TestMail.LastToAsync<SecurityChangedMail>(read, "ama@example.com"))!.Change);
    }

    [Theory, BothDatabases]
    public async Task Nobody_but_the_owner_keeps_staff(DatabaseKind kind)
    {
        await using var shop = await TestShop.OpenAsync(kind);
        await PasswordsAsync(shop);
        await using var db = shop.Open();
        var before = await TableContents.ReadAsync(db);

        foreach (var desk in new[] { shop.As(TestPeople.Manager), shop.As(TestPeople.Agent), shop.As(TestPeople.CustomerA), shop.AsStranger() })
        {
            var (id, service) = (TestPeople.OtherAgent.UserId, desk.Get<StaffService>());
            Error?[] answers =
            [
                (await desk.Get<StaffQueries>().ListAsync(Ct)).Error, (await desk.Get<StaffQueries>().GetAsync(id, Ct)).Error,
                (await service.SetRoleAsync(id, Roles.Owner, Ct)).Error, (await service.UpdateAsync(id, new StaffEdit("X", null, Roles.Owner), Ct)).Error,
                (await service.DeactivateAsync(id, Ct)).Error, (await service.ActivateAsync(id, Ct)).Error,
                (await service.ResetSecondFactorAsync(id, Ct)).Error, (await service.SignOutEverywhereAsync(id, Ct)).Error,
                (await desk.Get<StaffInvitations>().InviteAsync(new StaffInvitation { FirstName = "X", Email = "x@example.com" }, Ct)).Error,
                (await desk.Get<StaffInvitations>().InviteAgainAsync(id, Ct)).Error, (await desk.Get<StaffInvitations>().WithdrawAsync(id, Ct)).Error,
            ];
            Assert.All(answers, answer => Assert.IsType<ForbiddenError>(answer));
        }

        Assert.Equal(before, await TableContents.ReadAsync(db));
    }

    private static async Task PasswordsAsync(TestShop shop)
    {
        await using var db = shop.Open();
        foreach (var user in await db.Users.ToListAsync(Ct)) user.PasswordHash = "something";
        db.MassWrite = "passwords";
        await db.SaveChangesAsync(Ct);
    }

    private static async Task SessionAsync(TestShop shop, TestPerson person)
    {
        await using var db = shop.Open();
        db.Sessions.Add(new Session { UserId = person.UserId, Kind = SessionKind.Browser, StartedAt = shop.Clock.Now, ExpiresAt = shop.Clock.Now.AddHours(24) });
        await db.SaveChangesAsync(Ct);
    }
}
