namespace Crm.Web.Features.Customers.Profile;

/// <summary>
/// What another room shows on a customer's page, which itself knows no other room: a component with the parameter <c>CustomerId</c>, that
/// checks the rights of whoever looks.
/// </summary>
public sealed record CustomerPart(Type Component);
