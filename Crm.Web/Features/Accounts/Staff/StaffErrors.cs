using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Accounts.Staff;

/// <summary>No such colleague; accounts of customers are not found here either.</summary>
public sealed record StaffNotFound() : NotFoundError("Nobody of that kind works here.");

/// <summary>The address or user name of an invitation belongs to an account.</summary>
public sealed record AccountExists(string Field, string Message) : InvalidError(Field, Message);

/// <summary>There is no invitation under way: it was accepted.</summary>
public sealed record NotInvited(string Name) : ConflictError($"{Name} has accepted the invitation already.");
