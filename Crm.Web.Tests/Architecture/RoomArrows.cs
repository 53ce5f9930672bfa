using System.Text.RegularExpressions;
using Crm.Web.Tests.Architecture.Scanning;

namespace Crm.Web.Tests.Architecture;

/// <summary>Rule 1: a room uses only the rooms that it may; Platform and Ui use none; of the Shell a room uses only the frame of its pages.</summary>
public static partial class RoomArrows
{
    /// <summary>By what the compiled code names, written out or not.</summary>
    public static IEnumerable<string> Violations(IEnumerable<CodeType> web) =>
        from type in web
        where Place(type.Name) is not null
        from used in type.Uses
        let complaint = Complaint(Place(type.Name)!, used)
        where complaint is not null
        orderby type.Name, used
        select $"{type.Name} uses {used}: {complaint}";

    /// <summary>By the usings of the sources, which constants and unused usings leave no trace of in the compiled code.</summary>
    public static IEnumerable<string> Violations(IEnumerable<SourceFile> sources) =>
        from source in sources
        where Place(source.Namespace + ".Any") is not null
        from Match line in Using().Matches(source.Text)
        let complaint = Complaint(Place(source.Namespace + ".Any")!, line.Groups["name"].Value + ".Any")
        where complaint is not null
        select $"{source.Path} imports {line.Groups["name"].Value}: {complaint}";

    private static string? Place(string typeName) =>
        Rooms.Of(typeName)
        ?? (CodeType.IsBelow(typeName, Rooms.Platform) ? "Platform" : CodeType.IsBelow(typeName, Rooms.Ui) ? "Ui" : null);

    private static string? Complaint(string place, string used)
    {
        if (CodeType.IsBelow(used, Rooms.Shell))
            return Rooms.MayUse.ContainsKey(place) && Rooms.Frame.Any(part => CodeType.IsBelow(used, part)) ? null : "the Shell stands above every room.";
        if (Rooms.Of(used) is not { } room || room == place || Rooms.OpenToAll.Contains(room) && Rooms.MayUse.ContainsKey(place)) return null;
        if (!Rooms.MayUse.ContainsKey(room)) return $"there is no room {room}.";
        return Rooms.MayUse.TryGetValue(place, out var allowed)
            ? allowed.Contains(room) ? null : $"{place} may not use {room}."
            : $"{place} may not use any room.";
    }

    [GeneratedRegex(@"^\s*@?(global\s+)?using\s+(static\s+)?(\w+\s*=\s*)?(?<name>Crm\.Web\.[\w.]+)",
        RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Using();
}
