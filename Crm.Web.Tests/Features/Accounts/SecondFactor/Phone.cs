using Crm.Web.Features.Accounts.SecondFactor;
using Crm.Web.Tests.Ground;

namespace Crm.Web.Tests.Features.Accounts.SecondFactor;

/// <summary>An authenticator app that was told a key.</summary>
/// <param name="key">As the page writes it.</param>
sealed class Phone(string key)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private readonly byte[] secret = Decode(key);

    public string CodeAt(DateTime now) => Totp.Code(secret, Totp.StepAt(now));

    /// <summary>Switches two-step sign-in on for whoever is signed in, and gives the app and the recovery codes.</summary>
    public static async Task<(Phone Phone, IReadOnlyList<string> Codes)> SetUpAsync(TestSite site, TestBrowser browser)
    {
        await browser.GoAsync("/account/two-step");
        var phone = new Phone(browser.Page.GetElementById("authenticator-key")!.TextContent);
        await browser.SubmitAsync("Switch on", ("Code", phone.CodeAt(site.Clock.Now)), ("Your password", Given.Password));
        return (phone, [.. browser.Page.QuerySelectorAll("#recovery-codes li").Select(li => li.TextContent)]);
    }

    private static byte[] Decode(string key)
    {
        var bits = string.Concat(key.Where(c => c != ' ').Select(c => Convert.ToString(Alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2))];
    }
}
