using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Accounts.Tokens;

/// <summary>A link that does not work: people read one sentence whatever the reason; programs may tell the reasons apart.</summary>
public abstract record TokenRefused() : InvalidError("", "This link does not work any more. It was used already, or it is too old. Ask for a new one.");

/// <summary>Never issued, or for something else.</summary>
public sealed record TokenUnknown : TokenRefused;

/// <summary>Its time is over.</summary>
public sealed record TokenExpired : TokenRefused;

/// <summary>Used before, or put out of use by a newer one or by another password or address.</summary>
public sealed record TokenUsed : TokenRefused;
