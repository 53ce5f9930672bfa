using Crm.Web.Features.Accounts.Sessions;
using Crm.Web.Platform.Results;

namespace Crm.Web.Features.Accounts;

/// <summary>
/// Sign-in refused. One sentence for a wrong password, an unknown name and a resting account, so that nobody learns who has one.
/// </summary>
public sealed record SignInRefused(int Failures, int RestMinutes) : InvalidError("",
    $"That sign-in and password do not belong together. After {Failures} wrong passwords an account rests for {RestMinutes} minutes, then longer each time.");

/// <summary>The password was right, but the account was switched off.</summary>
public sealed record AccountSwitchedOff() : ConflictError("This account is switched off. Ask the shop to switch it on again.");

/// <summary>The password was right; a code of the authenticator, or a recovery code, is asked for besides.</summary>
public sealed record SecondFactorNeeded(Proved Who) : ConflictError("This account asks for a code when it signs in.");

/// <summary>The second step came too late, or its first step was never taken in this browser.</summary>
public sealed record SecondStepOver() : ConflictError("That took longer than five minutes. Sign in again.");

/// <summary>No such code now: mistyped, used before, too old, or the account rests.</summary>
public sealed record CodeRefused() : InvalidError("Code", "This code is not right, or was used before. Wait for the next one and try again.");

/// <summary>The passkey is none of this shop's, was removed, or was not proved.</summary>
public sealed record PasskeyRefused() : ConflictError("This passkey did not work here. Try it again, or sign in with your password.");

/// <summary>Two-step sign-in is on already, perhaps since a moment ago in another window.</summary>
public sealed record SecondFactorIsOn() : ConflictError("Two-step sign-in is already on.");

/// <summary>There is no such passkey in this account, or no longer.</summary>
public sealed record PasskeyNotFound() : NotFoundError("This passkey is no longer here.");

/// <summary>No session of theirs has this id.</summary>
public sealed record SessionNotFound() : NotFoundError("There is no such sign-in.");
