using System.Net.Mail;

namespace Crm.Web.Platform.Typed;

/// <summary>Tells whether a text can be an e-mail address that a shop's mail reaches.</summary>
public static class EmailAddress
{
    private const int Longest = 254;

    /// <summary>One address without a display name, whose host has a dot and no odd ends.</summary>
    public static bool IsValid(string? text)
    {
        var address = text?.Trim() ?? "";
        if (address.Length is 0 or > Longest || address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or '"' or ',' or ';')) return false;
        if (!MailAddress.TryCreate(address, out var parsed) || parsed.Address != address) return false;
        var labels = parsed.Host.Split('.');
        return labels.Length >= 2 && labels.All(l => l.Length > 0 && l[0] != '-' && l[^1] != '-' && l.All(c => char.IsLetterOrDigit(c) || c == '-')) && labels[^1].Length >= 2;
    }
}
