namespace Crm.E2E.Ground;

/// <summary>Somebody at a window. Remembers what went wrong in the page: script errors, refused content, failed answers.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    private Visitor(IBrowserContext context, IPage page) => (this.context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Must stay empty: page errors, violations of the content security policy, answers of 500 and above.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    internal static async Task<Visitor> OpenAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(20_000);
        var visitor = new Visitor(context, page);
        page.PageError += (_, error) => visitor.complaints.Add(error);
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 500) visitor.complaints.Add($"{answer.Status} {answer.Url}");
        };
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase)) visitor.complaints.Add($"{page.Url}: {message.Text}");
        };
        return visitor;
    }

    /// <summary>Signs in by the form, as a demo person does, and waits for the first page.</summary>
    public async Task<Visitor> SignInAsync(string userName, string password = "password123")
    {
        await Page.GoAsync("/account/sign-in");
        await Page.GetByLabel("E-mail, user name or mobile number").FillAsync(userName);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Page.WaitForURLAsync(url => !url.Contains("/account/sign-in", StringComparison.Ordinal));
        return this;
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
