using Crm.Web.Tests.Architecture.Scanning;

namespace Crm.Web.Tests.Architecture;

/// <summary>The rooms of the house, who may use whom, and whose the data is. A change here is a decision: write it down.</summary>
public static class Rooms
{
    public const string Features = "Crm.Web.Features";
    public const string Platform = "Crm.Web.Platform";
    public const string Shell = "Crm.Web.Shell";
    public const string Ui = "Crm.Web.Ui";
    public const string Data = "Crm.Data";

    /// <summary>Each room and the rooms that it may use; Platform, Ui and Crm.Data are open to all.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> MayUse = new Dictionary<string, string[]>
    {
        ["Accounts"] = ["Messaging", "Customers"],
        ["Audit"] = [],
        ["Catalogue"] = [],
        ["Customers"] = [],
        ["Exchange"] = ["Customers", "Leads", "Catalogue", "Orders"],
        ["Insights"] = [],
        ["Leads"] = ["Messaging", "Customers"],
        ["Loyalty"] = ["Messaging", "Customers"],
        ["Messaging"] = ["Segments"],
        ["Orders"] = ["Catalogue", "Customers", "Loyalty", "Payments", "Promotions", "Messaging"],
        ["Payments"] = [],
        ["Promotions"] = ["Messaging", "Customers"],
        ["Segments"] = [],
        ["Settings"] = [],
    };

    /// <summary>Rooms that every other may use: the shop's name, money, day and clock (docs/decisions/0011-everybody-may-ask-the-shop.md).</summary>
    public static readonly string[] OpenToAll = ["Settings"];

    /// <summary>What the Shell holds out to the rooms' pages, to stand in its frame; all else of it stands above every room.</summary>
    public static readonly string[] Frame = [$"{Shell}.Layouts", $"{Shell}.PageFacts", $"{Shell}.PageName", $"{Shell}.ProblemNote"];

    /// <summary>
    /// Who writes the entities of <c>Crm.Data.X</c>: the room of the same name, or whom this names instead; Data is Crm.Data's own
    /// machinery (search index, sequences). A single entity may be named with its domain.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string> OwnersOfOtherName = new Dictionary<string, string>
    {
        ["Search"] = "Data",
        ["Outbox"] = "Platform",
        ["Files"] = "Platform",
        ["Bulk"] = "Platform",
        ["Limits"] = "Platform",
        ["Settings.NumberCounter"] = "Data",
        ["Settings.DataProtectionKey"] = "Platform",
    };

    /// <summary>The room that a type of the app stands in, or null: Shell, Platform, Ui and Program are no rooms.</summary>
    public static string? Of(string typeName) => Segment(typeName, Features);

    /// <summary>Who may write this entity, or null when nobody was named.</summary>
    public static string? OwnerOf(string entity)
    {
        if (Segment(entity, Data) is not { } domain) return null;
        var exact = $"{domain}.{entity[(entity.LastIndexOf('.') + 1)..]}";
        return OwnersOfOtherName.GetValueOrDefault(exact) ?? OwnersOfOtherName.GetValueOrDefault(domain)
            ?? (MayUse.ContainsKey(domain) ? domain : null);
    }

    /// <summary>Who is writing when this type writes: a room, Platform, a domain's owner, or the type's own name.</summary>
    public static string WriterIn(CodeType type) =>
        Of(type.Name) ?? (type.IsIn(Platform) ? "Platform" : type.IsIn(Data) ? OwnerOf(type.Name) ?? "Data" : type.Name);

    private static string? Segment(string typeName, string root)
    {
        if (!CodeType.IsBelow(typeName, root) || typeName.Length == root.Length) return null;
        var rest = typeName[(root.Length + 1)..];
        var end = rest.IndexOf('.', StringComparison.Ordinal);
        return end < 0 ? null : rest[..end];
    }
}
