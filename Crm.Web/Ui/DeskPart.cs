namespace Crm.Web.Ui;

/// <summary>
/// What a room shows on the first page of everybody who works here, which itself knows no other room: a component without parameters,
/// that checks the rights of whoever looks.
/// </summary>
public sealed record DeskPart(Type Component);
