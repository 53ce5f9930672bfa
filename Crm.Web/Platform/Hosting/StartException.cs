namespace Crm.Web.Platform.Hosting;

/// <summary>The app cannot start or a command cannot go on; the message is the one line that the person reads.</summary>
public sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
