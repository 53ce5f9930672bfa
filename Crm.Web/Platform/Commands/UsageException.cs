namespace Crm.Web.Platform.Commands;

/// <summary>What was typed cannot be meant; the message is the one line that the person reads.</summary>
public sealed class UsageException(string message) : Exception(message);
