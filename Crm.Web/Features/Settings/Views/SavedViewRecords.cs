using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Settings.Views;

/// <summary>A saved view as its tab shows it.</summary>
/// <param name="Query">The query of the list's address, with its question mark; empty for everything.</param>
/// <param name="Owner">Whose it is, where it is shared by somebody else.</param>
/// <param name="OthersFirst">How many others open the list with it.</param>
/// <param name="IsMine">Whether whoever looks made it.</param>
/// <param name="IsFirst">Whether the list opens with it for whoever looks.</param>
public sealed record SavedViewRow(Guid Id, string Name, string Query, bool IsShared, bool IsMine, bool IsFirst, string? Owner, int OthersFirst);

/// <summary>The lists that have views.</summary>
public static class ViewAreas
{
    public const string Leads = "leads";
    public const string Customers = "customers";
    public const string Opportunities = "opportunities";

    public static readonly string[] All = [Leads, Customers, Opportunities];
}

/// <summary>It was deleted, or is no longer shared.</summary>
public sealed record ViewNotFound() : NotFoundError("This view is gone. Its owner may have deleted it.");

/// <summary>A view of that name is there already.</summary>
public sealed record ViewNameTaken(string Name) : InvalidError("Name", $"You have a view “{Name}” already. Choose another name.");
