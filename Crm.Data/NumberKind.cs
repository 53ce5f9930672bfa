namespace Crm.Data;

/// <summary>The sequences of short numbers.</summary>
public enum NumberKind { Lead, Customer }
