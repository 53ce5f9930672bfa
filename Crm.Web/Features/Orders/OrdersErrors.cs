using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Orders;

/// <summary>No such order, or not theirs to see.</summary>
public sealed record OrderNotFound() : NotFoundError("There is no such order among yours.");
