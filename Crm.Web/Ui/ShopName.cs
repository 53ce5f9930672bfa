namespace Crm.Web.Ui;

/// <summary>What the shop is called, handed to every component from above.</summary>
public sealed record ShopName(string Name);
