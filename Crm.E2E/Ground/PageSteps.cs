namespace Crm.E2E.Ground;

/// <summary>Steps that every journey takes.</summary>
internal static class PageSteps
{
    /// <summary>Opens an address and waits until the page listens.</summary>
    public static async Task GoAsync(this IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.LiveAsync();
    }

    /// <summary>Waits until the circuit has drawn the page that is shown: before that, a key or a click may go nowhere.</summary>
    public static Task LiveAsync(this IPage page) => Assertions.Expect(page.Locator("body")).Not.ToHaveAttributeAsync("data-waiting", "");
}
