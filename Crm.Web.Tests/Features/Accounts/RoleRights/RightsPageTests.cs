using Crm.Data.Accounts;
using Crm.Data.Storage;
using Crm.Web.Platform.Access;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Accounts.RoleRights;

/// <summary>What people see follows what their role may do.</summary>
[Trait("contract", "M-037")]
[Trait("contract", "M-047")]
public sealed class RightsPageTests
{
    [Theory, BothDatabases]
    public async Task The_owner_reads_each_right_with_its_switches_and_why_others_are_fixed(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var browser = await SignedInAsync(site, Roles.Owner);

        await browser.GoAsync("/rights");

        Assert.Equal(PermissionFacts.All.Select(f => f.Name), browser.Page.QuerySelectorAll("th[scope=row] .m").Select(n => n.TextContent));
        var switches = browser.Page.QuerySelectorAll("input[role=switch]").Select(i => i.GetAttribute("aria-label")).ToList();
        Assert.Contains("Agent: See every lead", switches);
        Assert.DoesNotContain("Agent: Delete leads and contacts", switches);
        Assert.DoesNotContain(switches, label => label!.StartsWith("Owner", StringComparison.Ordinal));
        Assert.Contains("Agents never delete; a manager does.", browser.Text, StringComparison.Ordinal);
        Assert.Contains("Everything is as it came.", browser.Text, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Navigation_and_buttons_follow_the_rights_of_the_role(DatabaseKind kind)
    {
        await using var site = await TestSite.OpenAsync(kind);
        using var browser = await SignedInAsync(site, Roles.Agent);
        await browser.GoAsync("/leads");
        Assert.Equal(["/today", "/leads", "/customers", "/opportunities", "/reminders", "/calendar"], Navigation(browser));
        Assert.NotNull(browser.Page.QuerySelector("a[href^='/leads/export.csv']"));

        await SetAsync(site, (Permission.SeeCustomers, false), (Permission.Export, false), (Permission.SeeTrade, true));

        await browser.GoAsync("/leads");
        Assert.Equal(["/today", "/leads", "/opportunities", "/reminders", "/calendar", "/reports"], Navigation(browser));
        Assert.Null(browser.Page.QuerySelector("a[href^='/leads/export.csv']"));
        await browser.GoAsync("/customers");
        Assert.StartsWith("/account/refused", browser.Location, StringComparison.Ordinal);
        await browser.GoAsync("/leads/export.csv");
        Assert.StartsWith("/account/refused", browser.Location, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Navigation(TestBrowser browser) => browser.Page.QuerySelectorAll("aside nav a").Select(a => a.GetAttribute("href"));

    private static async Task<TestBrowser> SignedInAsync(TestSite site, string role)
    {
        var account = await Given.AccountAsync(site.Open, role);
        var browser = site.Browser();
        await browser.SignInAsync(account.UserName);
        return browser;
    }

    private static async Task SetAsync(TestSite site, params (Permission Permission, bool Granted)[] changes)
    {
        await using (var db = site.Open())
        {
            foreach (var (permission, granted) in changes) db.RolePermissions.Add(new RolePermission { Role = Roles.Agent, Permission = permission.ToString(), Granted = granted });
            await db.SaveChangesAsync();
        }
        await site.HearAsync();
    }
}
