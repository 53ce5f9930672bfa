using Crm.Web.Platform.Access;

namespace Crm.Web.Shell.Palette;

/// <summary>A page or an act that the command palette offers to those whom <paramref name="Policy"/> lets in.</summary>
/// <param name="Words">Other words that people look for it by.</param>
public sealed record PaletteEntry(string Label, string Icon, string Href, string Policy, string Words = "")
{
    /// <summary>What is done from anywhere.</summary>
    private static readonly PaletteEntry[] Acts =
    [
        new("New lead", "plus", "/leads/new", Policies.Staff, "add create enquiry"),
        new("Leads that are late", "alert", "/leads?when=late", Policies.Staff, "overdue"),
        new("Leads due today", "bell", "/leads?when=today", Policies.Staff),
        new("Stale leads", "hour", "/leads?when=stale", Policies.Staff, "quiet forgotten"),
        new("My leads", "user", "/leads?agent=me", Policies.Staff, "mine"),
        new("Your account", "user", "/account", Policies.Staff, "password passkeys sessions sign out"),
    ];

    public static readonly IReadOnlyList<PaletteEntry> All = [.. NavItem.Staff.Select(n => new PaletteEntry(n.Label, n.Icon, n.Href, n.Policy)), .. Acts];

    /// <summary>How well it fits: 0 as it begins, 1 as a word of it begins, 2 as its letters come in this order; null when it does not.</summary>
    public int? Fits(string text)
    {
        var wanted = text.Trim();
        if (Label.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)) return 0;
        if ($"{Label} {Words}".Split(' ').Any(word => word.StartsWith(wanted, StringComparison.OrdinalIgnoreCase))) return 1;
        var at = 0;
        foreach (var letter in Label)
            if (at < wanted.Length && char.ToUpperInvariant(letter) == char.ToUpperInvariant(wanted[at])) at++;
        return at == wanted.Length ? 2 : null;
    }
}
