using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Accounts;

/// <summary>
/// Sign-in refused. One sentence for a wrong password, an unknown name and a resting account, so that nobody learns who has one.
/// </summary>
public sealed record SignInRefused(int Failures, int RestMinutes) : InvalidError("",
    $"That sign-in and password do not belong together. After {Failures} wrong passwords an account rests for {RestMinutes} minutes.");

/// <summary>The password was right, but the account was switched off.</summary>
public sealed record AccountSwitchedOff() : ConflictError("This account is switched off. Ask the shop to switch it on again.");
